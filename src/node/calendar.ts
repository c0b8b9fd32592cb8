/** When the day and the month of a moment began where this machine is. All are milliseconds since 1970. */
export function calendarOf(now: number): { readonly dayStart: number; readonly monthStart: number } {
  if (now >= known.dayStart && now < known.until) return known;
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  known = {
    dayStart: new Date(year, month, day).getTime(),
    monthStart: new Date(year, month, 1).getTime(),
    until: new Date(year, month, day + 1).getTime(),
  };
  return known;
}

/** The last day that was asked for: it is asked before every request. */
let known = { dayStart: 0, monthStart: 0, until: 0 };
