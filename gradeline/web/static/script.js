"use strict";
// Nicer, never needed: answers without a new page, links with answers, copying, printing.
const main = () => document.querySelector("main");

// What was shown before, for the browser's way back: in this page's memory alone.
const kept = [];
let at = history.state || 0;

async function live(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("main");
  if (!fresh) throw new Error("no page");
  kept[at] = main();
  kept.length = ++at;
  history.pushState(at, "");
  main().replaceWith(fresh);
  document.title = page.title;
  nicer();
  look();
}

function look() {
  const question = document.querySelector("[aria-invalid]") || document.getElementById("question");
  if (question) {
    question.focus({ preventScroll: true });
    const top = question.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight / 2) question.closest("fieldset, p").scrollIntoView();
  }
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  return made;
}

function hidden(name, value) {
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, value });
  return made;
}

function copying(place, label, done, text) {
  place.append(button(label, async (pressed) => {
    await navigator.clipboard.writeText(text());
    pressed.textContent = done;
  }));
}

function nicer() {
  for (const each of document.querySelectorAll("[data-copy]")) {
    copying(each, each.dataset.copy, each.dataset.copied, () => each.querySelector("pre").textContent);
  }
  for (const each of document.querySelectorAll("[data-copy-link]")) {
    copying(each.parentNode, each.dataset.copyLink, each.dataset.copied, () => each.href);
  }
  for (const each of document.querySelectorAll("[data-print]")) {
    each.after(button(each.dataset.print, () => print()));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-live]") || event.target.method !== "post") return;
  event.preventDefault();
  const { target: form, submitter } = event;
  live(form, submitter).catch(() => {
    if (submitter && submitter.name) form.append(hidden(submitter.name, submitter.value));
    form.submit();
  });
});

addEventListener("popstate", (event) => {
  kept[at] = main();
  at = event.state || 0;
  if (!kept[at]) return location.reload();
  main().replaceWith(kept[at]);
  look();
});

nicer();
const conversation = document.querySelector("form.conversation");
if (conversation && location.hash.includes("=")) {
  conversation.querySelector("[name=asked]").remove();
  conversation.append(hidden("shared", location.hash.slice(1)));
  history.replaceState(null, "", location.pathname + location.search);
  live(conversation, null);
}
