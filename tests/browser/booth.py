"""What a member does in the booth."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

CAST = "Jetzt geheim abstimmen"
BALLOTS = re.compile(r"/booth/\w+/ballots$")


def answer(page, *words, button="Weiter"):
    """Choose these answers, one a screen."""
    for word in words:
        page.get_by_role("radio", name=word, exact=True).check()
        page.get_by_role("button", name=button).click()


def fill_in(hall, page, round_, *words):
    hall.go_to_booth(page, round_)
    answer(page, *words)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte prüfen Sie Ihre Antworten")


def cast(page):
    page.get_by_role("button", name=CAST).click()


def heading(page):
    return page.get_by_role("heading", level=1)


def stored(page):
    """Everything this phone keeps, as text."""
    return page.evaluate(
        """async () => {
          const read = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          const show = (value) => {
            if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
              return new TextDecoder('latin1').decode(value);
            }
            if (value instanceof CryptoKey) return `key, extractable ${value.extractable}`;
            if (typeof value !== 'object' || value === null) return value;
            return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, show(v)]));
          };
          const found = { local: { ...localStorage }, session: { ...sessionStorage } };
          for (const { name, version } of await indexedDB.databases()) {
            const database = await read(indexedDB.open(name, version));
            for (const store of database.objectStoreNames) {
              const rows = database.transaction(store).objectStore(store);
              const [keys, values] = [await read(rows.getAllKeys()), await read(rows.getAll())];
              found[store] = Object.fromEntries(keys.map((key, at) => [key, show(values[at])]));
            }
          }
          found.caches = await caches.keys();
          return found;
        }"""
    )


def close_now(hall, round_):
    """Let the announced end pass."""
    hall.held.commit()
    hall.held.refresh(round_)
    round_.closes_at = datetime.now(UTC)
    hall.held.add(round_)
    hall.held.commit()


def booth_path(page):
    return page.locator("[data-pending-banner]").get_attribute("data-booth")
