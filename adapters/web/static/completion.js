// What can be typed next, from the command table: commands, verbs, options, choices and people, in the chosen language;
// names in the other language are understood as well.

const QUOTES = { '"': '"', "“": "”", "”": "”", "„": "“", "»": "«", "«": "»" };

// The words of a line with their places; the last one is where the caret is (empty after a space).
export function wordsOf(text) {
  const words = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at])) { at += 1; continue; }
    const start = at;
    while (at < text.length && !/\s/.test(text[at])) {
      const before = text.slice(start, at);
      const closing = QUOTES[text[at]];
      if (closing && (!before || before.endsWith(":"))) {
        const end = text.indexOf(closing, at + 1);
        at = end < 0 ? text.length : end + 1;
        break;
      }
      at += 1;
    }
    words.push({ text: text.slice(start, at), start });
  }
  if (!words.length || /\s$/.test(text) && words.at(-1).start + words.at(-1).text.length < text.length) words.push({ text: "", start: text.length });
  return words;
}

const fits = (names, wanted) => names.some((name) => name.toLowerCase().startsWith(wanted.toLowerCase()));
const isOne = (names, wanted) => names.some((name) => name.toLowerCase() === wanted.toLowerCase());
const quoted = (text) => (/\s/.test(text) ? `"${text}"` : text);
const bare = (text) => text.replace(/^["“”„»«]|["“”«»]$/g, "");

// { start, items: [{ what, why, insert, exact, person }], hint: [strong, soft] } or null.
export async function suggest(typed, menu, findPeople) {
  if (!typed.startsWith("/") || typed.includes("\n")) return null;
  const words = wordsOf(typed);
  const [first, ...rest] = words;
  const name = first.text.slice(1);
  if (!rest.length) return { start: 0, items: commandItems(menu, name), hint: null };
  const command = menu.find((one) => isOne(one.names, name));
  if (!command) return null;
  const current = rest.at(-1);
  const earlier = rest.slice(0, -1);
  const named = earlier.length ? command.verbs.find((verb) => verb.names.length && isOne(verb.names, earlier[0].text)) : null;
  const verb = named ?? command.verbs.find((one) => one.default) ?? null;
  const given = (named ? earlier.slice(1) : earlier).map((one) => one.text);
  const items = earlier.length ? [] : verbItems(command, current.text);
  const more = verb ? await optionItems(verb, given, current.text, findPeople) : { items: [], next: null };
  const title = `/${command.names[0]} ${verb?.names[0] ?? ""}`.trim();
  const hint = more.next ? [more.next.names[0], more.next.summary] : [title, (verb ?? command).summary];
  return { start: current.start, items: [...items, ...more.items], hint };
}

function commandItems(menu, wanted) {
  return menu.filter((one) => fits(one.names, wanted)).map((one) => ({
    what: `/${one.names[0]}`, why: one.summary, insert: `/${one.names[0]} `, exact: isOne(one.names, wanted),
  }));
}

function verbItems(command, wanted) {
  return command.verbs.filter((verb) => verb.names.length && fits(verb.names, wanted)).map((verb) => ({
    what: verb.names[0], why: verb.summary, insert: `${verb.names[0]} `, exact: isOne(verb.names, wanted),
  }));
}

async function optionItems(verb, given, current, findPeople) {
  const [key, value] = current.includes(":") ? [current.slice(0, current.indexOf(":")), current.slice(current.indexOf(":") + 1)] : ["", current];
  const isNamed = (word) => verb.options.find((option) => word.includes(":") && isOne(option.names, word.slice(0, word.indexOf(":"))));
  const chosen = key ? verb.options.find((option) => isOne(option.names, key)) : null;
  if (chosen) return { items: await valueItems(chosen, bare(value), `${key}:`, findPeople), next: chosen };
  const taken = new Set(given.map(isNamed).filter(Boolean));
  const loose = given.filter((word) => !isNamed(word)).length;
  const open = verb.options.filter((option) => !taken.has(option));
  const next = open[loose] ?? (open.at(-1)?.rest || open.at(-1)?.kind === "list" ? open.at(-1) : null);
  const values = next ? await valueItems(next, bare(current), "", findPeople) : [];
  const names = current.startsWith('"') ? [] : open.slice(loose).filter((option) => fits(option.names, current)).map((option) => ({
    what: `${option.names[0]}:`, why: option.summary, insert: `${option.names[0]}:`, exact: false,
  }));
  return { items: [...values, ...names], next };
}

async function valueItems(option, wanted, before, findPeople) {
  if (option.kind === "member") {
    const people = await findPeople(wanted);
    return people.slice(0, 8).map((person) => ({
      what: person.name, why: person.about, insert: `${before}${quoted(person.name)} `, exact: person.name.toLowerCase() === wanted.toLowerCase(), person,
    }));
  }
  return option.choices.filter((names) => fits(names, wanted)).map((names) => ({
    what: names[0], why: option.summary, insert: `${before}${quoted(names[0])} `, exact: isOne(names, wanted),
  }));
}
