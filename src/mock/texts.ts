import type { Random } from "./random.js";

const makers = ["Norvind", "Aquila", "Hallgren", "Tamar", "Kestrel", "Boreas"];
const places = ["North deck", "South deck", "Hall 1", "Hall 2", "Yard", "Tower", "Basement", "Roof"];
const people = ["Ada Berg", "Noor Haas", "Liv Moen", "Tom Ruiz", "Ines Vale", "Jon Aker"];
const states = ["new", "in use", "worn", "repaired"];
const words = ["pump", "valve", "main", "spare", "inlet", "outlet", "cooling", "upper", "lower", "primary"];
const countries = ["NO", "DK", "DE", "NL", "GB", "US"];

/** Texts that are usual in a property of such a name; the first that fits. */
const byName: readonly (readonly [name: RegExp, make: (about: About) => string])[] = [
  [/e?mail/i, ({ random, index }) => `${random.pick(people).toLowerCase().replace(" ", ".")}.${index + 1}@example.com`],
  [/url|link|website/i, ({ view, index }) => `https://example.com/${view.toLowerCase()}/${index + 1}`],
  [/serial/i, ({ random }) => `SN-${random.int(100_000, 999_999)}`],
  [/manufacturer|vendor|supplier|maker/i, ({ random }) => random.pick(makers)],
  [/country/i, ({ random }) => random.pick(countries)],
  [/location|place|area|site/i, ({ random }) => random.pick(places)],
  [/(user|person|owner|author|operator|technician|assigned|created|updated|by)/i, ({ random }) => random.pick(people)],
  [/status|state|condition/i, ({ random }) => random.pick(states)],
  [/description|comment|note|text|summary/i, ({ random }) => sentence(random)],
  [/name|title|label/i, ({ view, index }) => `${spaced(view)} ${index + 1}`],
  [/tag|categor|kind|type|class/i, ({ random }) => random.pick(words)],
  [
    /code|number|(^|_|[a-z])id$/i,
    ({ random }) => `${random.pick(words).slice(0, 3).toUpperCase()}-${random.int(100, 999)}`,
  ],
];

interface About {
  readonly view: string;
  readonly index: number;
  readonly random: Random;
}

/** A text that a property of such a name might hold; at most some 60 characters. */
export function textFor(property: string, view: string, index: number, random: Random): string {
  const [, make] = byName.find(([name]) => name.test(property)) ?? [];
  return (make ?? (() => `${random.pick(words)} ${random.pick(words)}`))({ view, index, random });
}

function sentence(random: Random): string {
  const [first = "", ...more] = Array.from({ length: random.int(3, 6) }, () => random.pick(words));
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${more.join(" ")}.`;
}

/** `WindTurbine` as words. */
function spaced(view: string): string {
  return view
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .slice(0, 60);
}
