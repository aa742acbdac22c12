// (to come)
export function attach() {}
