// Reloads the page when its mark is no longer the one that the server shows. A hidden page lets go of its connection
// (a browser has six of them for a server) and asks again when it is seen.
(() => {
  const mark = document.currentScript.dataset.mark;
  let events = null;
  const listen = () => {
    events = new EventSource("/.aryk/events");
    events.onmessage = (event) => {
      if (event.data !== mark) location.reload();
    };
  };
  const follow = () => {
    if (document.hidden && events) {
      events.close();
      events = null;
    } else if (!document.hidden && !events) {
      listen();
    }
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
