/**
 * What limits go by: an IPv4 address, or the first 64 bits of an IPv6 one, since whoever has one has all that begin like it. Ports,
 * which proxies may tell too, do not count. What is no address stands as it is, cut where addresses end at the latest.
 */
export function networkOf(address: string): string {
  const bare = address
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1")
    .replace(/%.*$/, "");
  const url = `http://[${bare}]`;
  if (!(/^[\d.:a-f]+$/i.test(bare) && bare.includes(":") && URL.canParse(url))) return bare.slice(0, 64);
  // As RFC 5952 writes it, in brackets.
  const [start = "", end = ""] = new URL(url).hostname.slice(1, -1).split("::");
  const mapped = start === "" && /^ffff:(\w+):(\w+)$/.exec(end);
  if (mapped) return [mapped[1], mapped[2]].flatMap(bytesOf).join(".");
  const [first, last] = [groupsOf(start), groupsOf(end)];
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}

function bytesOf(group = ""): readonly number[] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}
