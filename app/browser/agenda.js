/**
 * Items of an agenda can be dragged to their place; the buttons beside them do the same without.
 *
 * What this script needs of the page:
 *   [data-agenda] with one [data-move="<address>"] an item, in the order of the agenda; the page
 *     takes `to`, the place counted from 1, with the `csrf_token` that its forms carry
 */
const list = /** @type {HTMLElement} */ (document.querySelector('[data-agenda]'));
const items = () => /** @type {HTMLElement[]} */ ([...list.children]);
/** @type {HTMLElement | null} */
let dragged = null;

/** @param {HTMLElement} item */
function start(item) {
  item.draggable = true;
  item.addEventListener('dragstart', (event) => {
    dragged = item;
    item.classList.add('dragged');
    if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
  });
  item.addEventListener('dragend', () => {
    item.classList.remove('dragged');
    dragged = null;
  });
}

/** Before which item the pointer is; nothing at the end. @param {number} height */
function below(height) {
  return items().find((item) => {
    const { top, height: size } = item.getBoundingClientRect();
    return item !== dragged && height < top + size / 2;
  });
}

/** Send the place as the buttons do, so that the page comes back as it is stored. */
function drop() {
  if (!dragged) return;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = dragged.dataset.move ?? '';
  const token = /** @type {HTMLInputElement} */ (document.querySelector('[name="csrf_token"]'));
  for (const [name, value] of [['csrf_token', token.value], ['to', String(items().indexOf(dragged) + 1)]]) {
    const input = document.createElement('input');
    Object.assign(input, { type: 'hidden', name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

items().forEach(start);
list.addEventListener('dragover', (event) => {
  if (!dragged) return;
  event.preventDefault();
  list.insertBefore(dragged, below(event.clientY) ?? null);
});
list.addEventListener('drop', (event) => {
  event.preventDefault();
  drop();
});
