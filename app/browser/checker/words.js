/** The checker's own words: its saved file has no server to ask. */

/** @typedef {keyof typeof GERMAN} Word @typedef {Record<string, string | number>} Facts */

const GERMAN = {
  title: 'Auszählung prüfen',
  about: 'Diese Datei prüft eine Urne auf diesem Gerät. Sie braucht kein Netz und sendet nichts.',
  other_language: 'English',
  file_box: 'Urne (.bel)',
  file_strong: 'Zählbeweis (.strong.json), sobald ausgezählt ist',
  start: 'Jetzt nachzählen',
  choose: 'Bitte wählen Sie zuerst eine Urne.',
  progress: 'Fortschritt',
  right: 'Nachgezählt: Alles stimmt.',
  right_sentence: 'Geprüft wurden {ballots} verschlossene Stimmen und alle Beweise dazu. {counted} davon zählen, und wer sie selbst zusammenzählt, kommt auf dasselbe Ergebnis.',
  early: 'Bis hierher stimmt alles.',
  early_sentence: 'Geprüft wurden {ballots} verschlossene Stimmen und alle Beweise dazu. Ausgezählt ist noch nicht oder nicht alles.',
  wrong: 'Etwas stimmt nicht.',
  wrong_sentence: 'Diese Prüfung ist fehlgeschlagen:',
  chain: 'Kette: {number} Einträge hängen lückenlos aneinander. Kein Byte ist verändert.',
  setup: 'Zählschlüssel: {number}. Zu jedem ist bewiesen, dass jemand ihn wirklich hat.',
  roll: 'Verzeichnis: {number} Wahlschlüssel, keiner doppelt.',
  ballots: 'Stimmen: {number}. Jede ist unterschrieben, steht im Verzeichnis und ist gültig ausgefüllt.',
  sum: 'Summe: Aus {number} zählenden Stimmen entsteht genau die veröffentlichte verschlossene Summe.',
  opened: 'Geöffnete Teile: {number}. Jeder hat einen Beweis, dass er vom richtigen Schlüssel kommt.',
  bound: 'Zählbeweise: {number}. Jeder bindet seinen Teil fest an genau diese Summe.',
  result: 'Ergebnis: {number} Zahlen. Jede kommt beim Nachrechnen heraus.',
  yes: 'Ja',
  no: 'Nein',
  abstain: 'Enthaltung',
  blank: 'leer abgegeben',
  option: 'Antwort {number}',
  fault_archive: 'Die Datei ist beschädigt oder verändert.',
  fault_events: 'Die Reihenfolge der Einträge ist falsch.',
  fault_json: 'Ein Eintrag ist anders geschrieben, als er sein muss.',
  fault_group: 'Eine Zahl darin kann keine verschlossene Stimme und kein Schlüssel sein.',
  fault_setup: 'Die Frage der Urne ist nicht richtig angelegt.',
  fault_trustees: 'Mit den Zählschlüsseln stimmt etwas nicht.',
  fault_credentials: 'Ein Wahlschlüssel steht doppelt im Verzeichnis.',
  fault_ballot: 'Eine Stimme ist ungültig oder gehört nicht in diese Urne.',
  fault_tally: 'Die verschlossene Summe ist nicht die Summe der Stimmen.',
  fault_decryption: 'Die Summe wurde nicht richtig geöffnet.',
  fault_result: 'Das Ergebnis ist nicht das, was herauskommt.',
  fault_strong: 'Der Zählbeweis fehlt oder passt nicht zu dieser Urne.',
  fault_unsupported: 'Diese Art von Urne kennt das Programm nicht.',
};

/** @type {typeof GERMAN} */
const ENGLISH = {
  title: 'Check the count',
  about: 'This file checks a box on this device. It needs no network and sends nothing.',
  other_language: 'Deutsch',
  file_box: 'Box (.bel)',
  file_strong: 'Proof of the count (.strong.json), once it is counted',
  start: 'Count again now',
  choose: 'Please choose a box first.',
  progress: 'Progress',
  right: 'Counted again: everything is right.',
  right_sentence: '{ballots} locked votes and all their proofs were checked. {counted} of them count, and adding them up anew gives the same result.',
  early: 'Everything is right so far.',
  early_sentence: '{ballots} locked votes and all their proofs were checked. The count has not begun or is not complete.',
  wrong: 'Something is wrong.',
  wrong_sentence: 'This check failed:',
  chain: 'Chain: {number} entries follow each other without a gap. No byte was changed.',
  setup: 'Count keys: {number}. For each one it is proven that somebody really has it.',
  roll: 'Roll: {number} voting keys, none of them twice.',
  ballots: 'Votes: {number}. Each one is signed, is on the roll and is filled in validly.',
  sum: 'Sum: the {number} votes that count give exactly the locked sum that was published.',
  opened: 'Opened parts: {number}. Each has a proof that it comes from the right key.',
  bound: 'Proofs of the count: {number}. Each ties its part to exactly this sum.',
  result: 'Result: {number} figures. Each one is what the calculation gives.',
  yes: 'Yes',
  no: 'No',
  abstain: 'Abstention',
  blank: 'left blank',
  option: 'Answer {number}',
  fault_archive: 'The file is damaged or was changed.',
  fault_events: 'The entries are in the wrong order.',
  fault_json: 'An entry is not written as it must be.',
  fault_group: 'A number in it cannot be a locked vote or a key.',
  fault_setup: 'The question of the box is not set up correctly.',
  fault_trustees: 'Something is wrong with the count keys.',
  fault_credentials: 'A voting key stands on the roll twice.',
  fault_ballot: 'A vote is not valid or does not belong in this box.',
  fault_tally: 'The locked sum is not the sum of the votes.',
  fault_decryption: 'The sum was not opened correctly.',
  fault_result: 'The result is not what the calculation gives.',
  fault_strong: 'The proof of the count is missing or does not belong to this box.',
  fault_unsupported: 'The program does not know this kind of box.',
};

export const WORDS = { de: GERMAN, en: ENGLISH };

/**
 * @param {string} language
 * @param {Word} word
 * @param {Facts} [facts]
 */
export function say(language, word, facts = {}) {
  const text = (language === 'en' ? ENGLISH : GERMAN)[word];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** What a class of faults means. @param {string} language @param {string} reason */
export function sayFault(language, reason) {
  const word = /** @type {Word} */ (`fault_${reason.split('.')[0]}`);
  return say(language, word in GERMAN ? word : 'wrong');
}

/** An answer without the words its voters read. @param {string} language @param {string} answer */
export function sayAnswer(language, answer) {
  const [, number] = answer.match(/^option-(\d+)$/) ?? [];
  if (number) return say(language, 'option', { number });
  const isWord = answer === 'yes' || answer === 'no' || answer === 'abstain';
  return isWord ? say(language, answer) : answer;
}
