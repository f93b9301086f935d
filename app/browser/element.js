/** Elements built one by one: the booth's policy allows no markup from text. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} properties attributes; functions become listeners, true is an
 *   attribute without value, false and null are left out
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(name, /** @type {any} */ (value));
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** @param {string} text @param {() => void} act @param {Record<string, unknown>} properties */
export function button(text, act, properties = {}) {
  const kind = properties.class ?? 'kern-btn--primary';
  return element(
    'button', { type: 'button', click: act, ...properties, class: `kern-btn ${kind}` },
    element('span', { class: 'kern-label' }, text),
  );
}

/** @param {string} text @param {string} href */
export function linkButton(text, href) {
  const label = element('span', { class: 'kern-label' }, text);
  return element('a', { href, class: 'kern-btn kern-btn--primary' }, label);
}

/** @param {string} text @param {Record<string, unknown>} properties */
export function paragraph(text, properties = {}) {
  return element('p', properties, text);
}
