/* Votes, comments and letters in place, results as they are now, counts of comments. Without it every place is a link. */
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const QUICKEST = 3200; // the inbox takes no text that is younger
  const shown = new Intl.NumberFormat(own.language);
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const memory = {
    get: () => { try { return localStorage.getItem("aryk-vote"); } catch { return null; } },
    set: (token) => { try { localStorage.setItem("aryk-vote", token); } catch { /* a reader may forbid it */ } },
  };

  async function ask(address, options) {
    const answer = await fetch(address, options);
    const value = await answer.json();
    if (answer.ok) return value;
    throw Object.assign(new Error(value.error.message), { code: value.error.code });
  }

  async function newToken(use) {
    const { token } = await ask(`${own.inbox}/token/${use}`, { cache: "no-store" });
    if (use === "vote") memory.set(token);
    return token;
  }

  /* Polls */
  function fill(poll, results) {
    const template = poll.querySelector("template.results");
    if (template) {
      poll.querySelector(".options").replaceWith(template.content);
      template.remove();
    }
    for (const { id, votes, share } of results.options) {
      const row = poll.querySelector(`tr[data-option="${CSS.escape(id)}"]`);
      if (!row) continue;
      row.querySelector("rect").setAttribute("width", `${share}%`);
      row.querySelector(".share").textContent = `${share}%`;
      row.querySelector(".votes").textContent = shown.format(votes);
    }
    poll.querySelector(".voters").textContent = shown.format(results.voters);
  }

  async function live(poll) {
    const { poll: id, file } = poll.dataset;
    if (!own.inbox && !file) return;
    const results = await ask(own.inbox ? `${own.inbox}/polls/${id}` : file);
    if (!results.open || !file) fill(poll, results);
    if (results.open && own.inbox) arm(poll.querySelector(".take"));
  }

  /* Forms */
  function arm(take) {
    const link = take?.querySelector(".begin");
    if (link) link.addEventListener("click", (event) => { event.preventDefault(); begin(take); });
  }

  function begin(take) {
    const template = take.querySelector("template.form");
    if (!template) return;
    const form = template.content.firstElementChild.cloneNode(true);
    take.querySelector(".onward").hidden = true;
    take.querySelector(".said").textContent = "";
    take.querySelector(".said").before(form);
    const text = take.dataset.token === "text" ? token(take) : null;
    form.addEventListener("submit", (event) => { event.preventDefault(); send(take, form, text); });
    form.querySelector("input, textarea").focus();
  }

  function token(take) {
    const given = { at: Date.now(), asked: newToken("text").finally(() => { given.at = Date.now(); }) };
    given.asked.catch(() => {}); // told when the form is sent
    return given;
  }

  async function send(take, form, text) {
    const said = take.querySelector(".said"), button = form.querySelector("button");
    const focused = form.querySelector(":focus"); // a browser drops the focus of what is disabled or removed
    button.disabled = true;
    take.classList.remove("refused");
    said.textContent = own.working;
    try {
      const answer = await (text ? sendText(take, form, text) : sendVote(take, form));
      form.remove();
      said.textContent = take.dataset.thanks;
      if (focused) said.focus();
      if (text && !take.dataset.reply) take.querySelector(".onward").hidden = false;
      if (!text) fill(take.closest(".poll"), answer);
    } catch (error) {
      take.classList.add("refused");
      said.textContent = error.code ? error.message : own.failed;
      button.disabled = false;
      focused?.focus();
      if (text) Object.assign(text, token(take));
    }
  }

  const post = (take, options) =>
    ask(`${own.inbox}/${take.dataset.take}?lang=${own.language}`, { method: "POST", ...options });
  const json = (values) => ({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });

  async function sendVote(take, form) {
    const options = new FormData(form).getAll("options");
    const known = memory.get();
    try {
      return await post(take, json({ options, token: known ?? await newToken("vote") }));
    } catch (error) {
      if (error.code !== "bad_token" || !known) throw error;
      return post(take, json({ options, token: await newToken("vote") }));
    }
  }

  async function sendText(take, form, text) {
    const values = new FormData(form);
    values.set("token", await text.asked);
    if (take.dataset.reply) values.set("reply", take.dataset.reply);
    await wait(Math.max(0, text.at + QUICKEST - Date.now()));
    if (form.querySelector("[type=file]")) return post(take, { headers: { Accept: "application/json" }, body: values });
    return post(take, json(Object.fromEntries(values)));
  }

  /* A reply is written below what it answers, in a place of its own: `place` is a copy of the one below all comments. */
  function reply(link, place) {
    const comment = link.closest(".comment");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (!comment.querySelector(".take")) comment.append(place.cloneNode(true));
      const take = comment.querySelector(".take");
      take.dataset.reply = link.dataset.reply;
      if (take.querySelector("form")) take.querySelector("textarea").focus();
      else begin(take);
    });
  }

  /* Counts of comments, by the month that a story's address names: a month is asked for when a card of it is near. */
  async function count(link, months) {
    const { pathname } = new URL(link.href);
    const [, year, month] = /\/(\d{4})\/(\d{2})\/[^/]+\/$/.exec(pathname) ?? [];
    if (!year) return;
    const file = `${own.talk}${year}-${month}.json`;
    if (!months.has(file)) months.set(file, ask(file));
    const found = (await months.get(file))[pathname];
    if (!found) return;
    link.textContent = own.count.replace("{count}", shown.format(found));
    link.hidden = false;
  }

  function counts() {
    const months = new Map();
    const near = new IntersectionObserver((cards) => {
      for (const { target: card } of cards.filter((one) => one.isIntersecting)) {
        near.unobserve(card);
        count(card.querySelector(".talk"), months).catch(() => {});
      }
    }, { rootMargin: "50%" });
    for (const link of document.querySelectorAll("a.talk")) near.observe(link.closest(".card"));
  }

  for (const poll of document.querySelectorAll(".poll[data-poll]")) live(poll).catch(() => arm(poll.dataset.file ? null : poll.querySelector(".take")));
  if (own.inbox) {
    const place = document.querySelector("#comments > .take")?.cloneNode(true);
    for (const take of document.querySelectorAll(".take[data-token=text]")) arm(take);
    for (const link of document.querySelectorAll("a[data-reply]")) reply(link, place);
  }
  if (own.talk) counts();
})();
