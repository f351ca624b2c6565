// The words of the pages, by the parts that show them, so that they can be translated in one place. What the server tells comes in words of its own.

export const clauses = {
  proved: "Proved, not only explored",
  showsHow: "shows of what, and how.",
  asking: "Asking …",
};

export const moves = {
  kinds: {
    receive: "hears a message",
    ask: "is asked",
    fire: "by itself",
    tick: "its clock goes on",
    lose: "a message is lost",
    crash: "goes down",
    recover: "comes up again",
    cancel: "is asked to cancel",
    forge: "hears what was forged",
    setback: "its clock is set back",
    suspect: "is told to suspect another",
    trust: "is told to trust another again",
  } as Record<string, string>,
};
