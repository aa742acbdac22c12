/** The browser's own storage, which may be full, forbidden or missing: then nothing is kept. */
const OLDEST = 30 * 24 * 3600 * 1000;

export function write(key, fields) {
  try {
    localStorage.setItem(key, JSON.stringify({ fields, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < OLDEST) return kept.fields;
    localStorage.removeItem(key);
  } catch {
    // As if there were none.
  }
  return null;
}

export function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was none.
  }
}
