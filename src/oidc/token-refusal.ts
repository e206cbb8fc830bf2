/** Why a token is not accepted: something is wrong with it, or it cannot be checked now. The message does not show it. */
export class TokenRefusal extends Error {
  override readonly name = "TokenRefusal";

  constructor(
    readonly kind: "invalid" | "unchecked",
    message: string,
  ) {
    super(message);
  }
}
