"use strict";
// Nicer, never needed: answers without a new page, links with answers, copying, printing.
const main = () => document.querySelector("main");

async function live(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
  show(await answer.text());
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("main");
  if (!fresh) return;
  main().replaceWith(fresh);
  document.title = page.title;
  nicer();
  const question = document.getElementById("question");
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
    each.append(button(each.dataset.print, () => print()));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-live]") || event.target.method !== "post") return;
  event.preventDefault();
  live(event.target, event.submitter).catch(() => event.target.submit());
});

nicer();
const conversation = document.querySelector("form.conversation");
if (conversation && location.hash.includes("=")) {
  const shared = document.createElement("input");
  shared.type = "hidden";
  shared.name = "shared";
  shared.value = location.hash.slice(1);
  conversation.querySelector("[name=asked]").remove();
  conversation.append(shared);
  history.replaceState(null, "", location.pathname + location.search);
  live(conversation, null);
}
