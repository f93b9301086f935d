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
WIPE = "() => new Promise(done => { indexedDB.deleteDatabase('kiezvotum').onsuccess = done; })"


def holds_keys(number: int) -> str:
    """Whether so many count keys are on the phone."""
    return f"async () => await ({COUNT_KEYS})() === {number}"
