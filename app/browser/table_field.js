/** The fields of a table's row: what stands in them, and whether somebody is typing there. */

/** What each field held when the server last told, as text. @type {WeakMap<HTMLFormElement, Map<string, string>>} */
const known = new WeakMap();

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
export function control(form, name) {
  return /** @type {HTMLInputElement} */ (form.querySelector(`[name="${name}"]`));
}

/** One field as text; ticked boxes by their values. @param {HTMLFormElement | FormData} form @param {string} name */
export function read(form, name) {
  const data = form instanceof FormData ? form : new FormData(form);
  return data.getAll(name).join('\n');
}

/** @param {unknown} value as the server tells it */
function asText(value) {
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'boolean' ? (value ? 'y' : '') : String(value);
}

/** Whether nobody typed here since the server told. @param {HTMLFormElement} form @param {string} name */
export function isClean(form, name) {
  const told = known.get(form)?.get(name);
  return read(form, name) === (told ?? initial(form, name));
}

/** What the page came with. @param {HTMLFormElement} form @param {string} name */
function initial(form, name) {
  return [...form.querySelectorAll(`[name="${name}"]`)]
    .map((each) => /** @type {HTMLInputElement} */ (each))
    .filter((each) => each.type !== 'checkbox' || each.defaultChecked)
    .map((each) => (each.type === 'checkbox' ? each.value : each.defaultValue))
    .join('\n');
}

/** @param {HTMLFormElement} form @param {string} name @param {unknown} value */
export function remember(form, name, value) {
  const fields = known.get(form) ?? new Map();
  const input = control(form, name);
  // What is being typed may be written otherwise than the server does: "500," is 500.
  fields.set(name, input === document.activeElement ? read(form, name) : asText(value));
  known.set(form, fields);
}

/** Write a value, but never into the field that somebody is in. @param {HTMLFormElement} form @param {string} name @param {unknown} value */
export function put(form, name, value) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(`[name="${name}"]`)]);
  for (const input of inputs) {
    if (input === document.activeElement) continue;
    if (input.type !== 'checkbox') input.value = String(value);
    else input.checked = Array.isArray(value) ? value.includes(input.value) : Boolean(value);
  }
}
