"""What a phone keeps in IndexedDB, as scripts for the page of a test."""

_OPENED = """const opening = indexedDB.open('kiezvotum');
  await new Promise((done) => { opening.onsuccess = done; });"""
COUNT_KEYS = f"""async () => {{
  {_OPENED}
  const keys = opening.result.transaction('count_keys').objectStore('count_keys').count();
  await new Promise((done) => {{ keys.onsuccess = done; }});
  opening.result.close();
  return keys.result;
}}"""
REMEMBER = f"""async ([question, opened]) => {{
  {_OPENED}
  const change = opening.result.transaction('opened', 'readwrite');
  if (opened) change.objectStore('opened').put(opened, question);
  else change.objectStore('opened').clear();
  await new Promise((done) => {{ change.oncomplete = done; }});
  opening.result.close();
}}"""
# What a phone keeps of a round, as if the day had come on which its boxes are deleted.
DELETED_BY_NOW = f"""async (round) => {{
  {_OPENED}
  const change = opening.result.transaction('receipts', 'readwrite');
  const kept = change.objectStore('receipts').get(round);
  kept.onsuccess = () => {{
    const until = new Date(0).toISOString();
    change.objectStore('receipts').put({{ ...kept.result, until }}, round);
  }};
  await new Promise((done) => {{ change.oncomplete = done; }});
  opening.result.close();
}}"""
HOLDS_NO_RECEIPT = f"""async () => {{
  {_OPENED}
  const found = opening.result.transaction('receipts').objectStore('receipts').count();
  await new Promise((done) => {{ found.onsuccess = done; }});
  opening.result.close();
  return found.result === 0;
}}"""
WIPE = "() => new Promise(done => { indexedDB.deleteDatabase('kiezvotum').onsuccess = done; })"


def holds_keys(number: int) -> str:
    """Whether so many count keys are on the phone."""
    return f"async () => await ({COUNT_KEYS})() === {number}"
