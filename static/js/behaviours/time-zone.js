/**
 * Says with a form in which time zone the browser is, so that times are right from the start.
 * <form data-behaviour="time-zone"> with a hidden field time_zone; without script it stays empty.
 */
export function attach(form) {
  const field = form.elements.time_zone;
  if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
