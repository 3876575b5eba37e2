// The page of the sandbox: two phones, a clock. It draws what the server tells and sends what hands do.
// Texts are only ever put in as text nodes.

const people = new Map();
const messages = new Map();
const sides = {};
const seen = new Map();
let busy = {};
let bot = { name: "掌柜", username: "" };
let timezone = "UTC";
let first = true;

const el = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

async function post(path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(path, {
    method: "POST",
    headers: form ? {} : { "Content-Type": "application/json" },
    body: form ? body : JSON.stringify(body ?? {}),
  }).catch(() => { throw new Error("沙盒没有回应，看看它还开着没有。 The sandbox does not answer; is it still running?"); });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? `没办成（${answer.status}）。 That did not work (${answer.status}).`);
  return told;
}

// ---- time

const shown = (options) => new Intl.DateTimeFormat("zh-CN", { timeZone: timezone, hourCycle: "h23", ...options });
const hour = (seconds) => shown({ hour: "2-digit", minute: "2-digit" }).format(new Date(seconds * 1000));
const day = (seconds) => {
  const date = new Date(seconds * 1000);
  const english = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, day: "numeric", month: "short" }).format(date);
  return `${shown({ month: "long", day: "numeric" }).format(date)} · ${english}`;
};

function tick(iso) {
  const date = new Date(iso);
  document.getElementById("now").value = shown({
    year: "numeric", month: "2-digit", day: "2-digit", weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
  }).format(date).replaceAll("/", "-").replace(/(周.)/, " $1");
  const field = document.getElementById("when");
  if (document.activeElement !== field) {
    const parts = Object.fromEntries(
      shown({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })
        .formatToParts(date).map((part) => [part.type, part.value]),
    );
    field.value = `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
  }
}

const clock = document.getElementById("clock");
const moved = (asked) => post("/_/clock", asked).then((told) => tick(told.now)).catch((error) => complain(error));
clock.addEventListener("click", ({ target }) => {
  if (target.dataset.seconds) moved({ seconds: Number(target.dataset.seconds) });
  if (target.dataset.next) moved({ next: target.dataset.next });
});
clock.addEventListener("submit", (event) => {
  event.preventDefault();
  document.activeElement.blur();
  moved({ local: document.getElementById("when").value });
});

function complain(error) {
  const state = document.getElementById("state");
  state.textContent = error.message;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { state.textContent = ""; }, 4000);
}

// ---- text with entities (offsets are UTF-16, as JavaScript counts)

const SIMPLE = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const SAFE = /^(https?:|tg:|mailto:)/i;

function wrap(entity, inner, raw, press) {
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], {}, inner);
  switch (entity.type) {
    case "expandable_blockquote": return el("blockquote", { className: "folded" }, inner);
    case "spoiler": {
      const node = el("span", { className: "spoiler", title: "点一下看 Tap to see" }, inner);
      node.addEventListener("click", () => node.classList.add("open"));
      return node;
    }
    case "text_link": case "url": case "email": {
      const href = entity.url ?? (entity.type === "email" ? `mailto:${raw}` : /^[a-z]+:/i.test(raw) ? raw : `https://${raw}`);
      if (!SAFE.test(href)) return el("span", {}, inner);
      const link = el("a", { href, target: "_blank", rel: "noopener noreferrer" }, inner);
      if (isOwn(href)) link.addEventListener("click", (event) => { event.preventDefault(); press.link(href); });
      return link;
    }
    case "bot_command": {
      const command = el("button", { type: "button", className: "command", title: "点一下就发 Tap to send" }, inner);
      command.addEventListener("click", () => press.command(raw));
      return command;
    }
    case "text_mention": case "mention": case "hashtag":
      return el("span", { className: "named" }, inner);
    default: return inner;
  }
}

// A link to this very bot opens its chat here.
const isOwn = (url) => Boolean(bot.username) && url.toLowerCase().startsWith(`https://t.me/${bot.username.toLowerCase()}?`);

function formatted(text, entities, press, from = 0, to = text.length) {
  const out = document.createDocumentFragment();
  let at = from;
  const here = entities.filter((entity) => entity.offset >= from && entity.offset + entity.length <= to);
  while (here.length) {
    const entity = here.shift();
    if (entity.offset < at) continue;
    out.append(text.slice(at, entity.offset));
    const end = entity.offset + entity.length;
    const inside = here.filter((other) => other.offset >= entity.offset && other.offset + other.length <= end);
    out.append(wrap(entity, formatted(text, inside, press, entity.offset, end), text.slice(entity.offset, end), press));
    at = end;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1; // A block ends its own line.
  }
  out.append(text.slice(at, to));
  return out;
}

// ---- one message

const bytes = (size) => size < 1024 ? `${size} B` : size < 1048576 ? `${Math.round(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`;

function media(message) {
  const file = message.media;
  if (file.kind === "photo") {
    const image = el("img", { src: file.url, alt: message.text || "图片 Photo", loading: "lazy" });
    if (file.width) [image.width, image.height] = [file.width, file.height]; // Room is kept before it has loaded.
    return el("a", { className: "media", href: file.url, target: "_blank", rel: "noopener" }, image);
  }
  const suffix = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4) : file.kind.slice(0, 4);
  return el("a", { className: "document", href: file.url, download: file.name },
    el("span", { className: "icon", ariaHidden: "true" }, suffix),
    el("span", {}, file.name, el("small", {}, bytes(file.size))));
}

function buttons(person, message) {
  const box = el("div", { className: "buttons" });
  message.buttons.forEach((row, r) => {
    box.append(el("div", {}, ...row.map((button, c) => {
      const mark = button.copy_text ? "copies" : button.url ? "opens" : "";
      const node = el("button", { type: "button", className: `${button.style ?? ""} ${mark}` }, button.text);
      if (button.url) node.title = button.url;
      node.addEventListener("click", () => tap(person, message, r, c, button, node));
      return node;
    })));
  });
  return box;
}

async function tap(person, message, row, column, button, node) {
  const side = sides[person.role === "seller" ? "seller" : "buyer"];
  node.classList.add("waiting");
  try {
    const told = await post(`/_/people/${person.id}/tap`, { ...side.where, message_id: message.id, row, column });
    if (button.copy_text) {
      await navigator.clipboard?.writeText(told.text).catch(() => {});
      side.toast(`已复制 Copied: ${told.text}`);
    } else if (button.url) {
      if (isOwn(told.text) && new URL(told.text).searchParams.has("startgroup")) await founding(person);
      else if (isOwn(told.text)) side.home();
      else if (SAFE.test(told.text)) window.open(told.text, "_blank", "noopener");
    } else if (told.answered === false) {
      side.toast("没有回应 No answer");
    } else if (told.alert) {
      const alert = document.getElementById("alert");
      alert.querySelector("p").textContent = told.text;
      alert.showModal();
    } else if (told.text) {
      side.toast(told.text);
    }
  } catch (error) {
    side.toast(error.message);
  }
  node.classList.remove("waiting");
}

function stamp(message) {
  const marks = message.deleted ? "已删除 deleted · " : message.edited ? "已编辑 edited · " : "";
  return el("span", { className: "stamp" }, marks + hour(message.date));
}

function drawn(side, person, group) {
  const message = group.find((one) => one.text) ?? group[0];
  const last = group[group.length - 1];
  const mine = message.from === person.id;
  const line = el("div", { className: `line${mine ? " mine" : ""}${message.deleted ? " gone" : ""}` });
  line.dataset.id = group[0].id;
  const bubble = el("div", { className: `bubble${message.edited || message.deleted ? " edited" : ""}${message.text ? "" : " bare"}` });
  const label = message.bot && side.place.kind === "buyer" ? "机器人代您答的 · the bot, for you"
    : !mine && !message.bot && (side.place.kind === "topic" || side.place.kind === "group") ? message.sender : "";
  if (label) bubble.append(el("div", { className: "from", dir: "auto" }, label));
  if (message.forwarded) bubble.append(el("div", { className: "from" }, `转发自 Forwarded from ${message.forwarded}`));
  if (message.reply) {
    const quote = el("button", { type: "button", className: "quote" }, el("b", { dir: "auto" }, message.reply.name), el("span", { dir: "auto" }, message.reply.text || "图片或文件 photo or file"));
    quote.addEventListener("click", () => side.show(message.reply.id));
    bubble.append(quote);
  }
  const pictures = group.filter((one) => one.media?.kind === "photo");
  if (group.length > 1 && pictures.length === group.length) {
    bubble.append(el("div", { className: "album" }, ...pictures.map((one) =>
      el("a", { href: one.media.url, target: "_blank", rel: "noopener" }, el("img", { src: one.media.url, alt: one.text || "图片 Photo" })))));
  } else {
    bubble.append(...group.filter((one) => one.media).map(media));
  }
  if (message.text) {
    const text = el("div", { className: "text", dir: "auto" });
    text.append(formatted(message.text, message.entities, side.press));
    bubble.append(text);
  }
  if (message.reaction.length) bubble.append(el("span", { className: "reaction" }, message.reaction.join(" ")));
  bubble.append(stamp(message));
  line.append(bubble);
  bubble.addEventListener("click", ({ target }) => { // Where nothing hovers, a tap shows what can be done with the line.
    if (target.closest("a, button")) return;
    for (const other of side.chat.querySelectorAll(".touched")) if (other !== line) other.classList.remove("touched");
    line.classList.toggle("touched");
  });
  if (last.buttons.length && !message.deleted) line.append(buttons(person, last));
  if (!message.deleted && !person.blocked) line.append(acts(side, person, message));
  return line;
}

function acts(side, person, message) {
  const act = (label, work) => {
    const node = el("button", { type: "button" }, label);
    node.addEventListener("click", work);
    return node;
  };
  const box = el("div", { className: "acts" }, act("回复 Reply", () => side.answer(message)));
  if (!message.bot && message.from === person.id) {
    if (message.text) box.append(act("编辑 Edit", () => side.edit(message)));
    box.append(act("删除 Delete", () => post(`/_/people/${person.id}/delete`, { ...side.where, message_id: message.id }).catch(complain)));
  }
  return box;
}

const spotOf = (place) => `${place.key}#${place.thread ?? ""}`;
const near = (chat) => chat.scrollHeight - chat.scrollTop - chat.clientHeight < 90;
const says = (message) => Boolean(message.text || message.media); // Lines of Telegram's own say nothing.

// ---- one phone

// Put new nodes in the place of the old, and the focus back on the one it was on.
function redraw(list, nodes) {
  const at = [...list.children].indexOf(document.activeElement);
  list.replaceChildren(...nodes);
  if (at >= 0) list.children[Math.min(at, nodes.length - 1)]?.focus();
}

// Arrow keys walk along a row of tabs; Enter or a space chooses.
function walk(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const all = [...event.currentTarget.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  if (!by || at < 0) return;
  event.preventDefault();
  all[(at + by + all.length) % all.length].focus();
}

class Side {
  constructor(root, role) {
    this.root = root;
    this.role = role;
    this.chosen = null;
    this.spot = null;
    this.drawnFor = null;
    this.lines = new Map();
    this.replying = null;
    this.editing = null;
    this.drafts = new Map();
    this.tabs = root.querySelector(".tabs");
    this.phone = root.querySelector(".phone");
    this.phone.append(document.getElementById("phone").content.cloneNode(true));
    const find = (name) => this.phone.querySelector(name);
    [this.chat, this.menu, this.note, this.answering, this.keyboard, this.begin, this.write, this.file, this.field, this.pinned] =
      [".chat", ".menu", ".toast", ".answering", ".keyboard", ".begin", ".write", ".file", "textarea", ".pinned"].map(find);
    this.spots = find(".places");
    this.topic = find(".topic");
    this.topic.addEventListener("click", () => this.act(this.place.closed ? "reopen" : "close").catch(() => {}));
    this.drop = find(".drop");
    this.drop.addEventListener("click", () => this.dropTopic());
    this.newest = find(".newest");
    this.newest.addEventListener("click", () => { this.chat.scrollTo({ top: this.chat.scrollHeight, behavior: "smooth" }); this.field.focus(); });
    this.chat.addEventListener("scroll", () => { this.follows = near(this.chat); this.newest.hidden = this.follows; });
    this.follows = true;
    // A keyboard that opens, a picture that loads, a turned phone: whoever was at the newest line stays there.
    const watch = new ResizeObserver(() => this.follow());
    watch.observe(this.chat);
    this.chat.addEventListener("load", () => this.follow(), true);
    this.press = {
      command: (text) => this.act("say", { text }).catch(() => {}),
      link: (url) => new URL(url).searchParams.has("startgroup") ? founding(this.person).catch(complain) : this.act("start", { payload: new URL(url).searchParams.get("start") ?? "" }).then(() => this.home(), () => {}),
    };
    for (const list of [this.tabs, this.spots]) list.addEventListener("keydown", walk);
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
      if (event.key === "Escape") this.calm();
    });
    this.field.addEventListener("input", () => { this.grow(); if (this.field.value === "/") this.open(true); else if (!this.field.value.startsWith("/")) this.open(false); });
    this.write.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    find(".commands").addEventListener("click", () => this.open(this.menu.hidden));
    find(".attach").addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.sendFiles([...this.file.files]));
    find(".block").addEventListener("click", () => this.act(this.person.blocked ? "unblock" : "block"));
    this.begin.addEventListener("click", () => this.act("start"));
    this.answering.querySelector("button").addEventListener("click", () => this.calm());
    this.phone.addEventListener("dragover", (event) => event.preventDefault());
    this.phone.addEventListener("drop", (event) => { event.preventDefault(); if (this.person) this.sendFiles([...event.dataTransfer.files]); });
  }

  get person() { return people.get(this.chosen); }

  follow() { if (this.follows) this.chat.scrollTop = this.chat.scrollHeight; }

  // To the chat with the bot itself.
  home() { this.go(this.person.places[0]); }

  async dropTopic() {
    const title = this.place.title;
    const sure = await asked(titled("删除话题", "Delete the topic"),
      `「${title}」和里面的消息都会没有。\n“${title}” goes with everything in it.`, [], "删除 Delete");
    if (!sure) return;
    await this.act("drop").then(() => this.go(this.person.places.find((one) => one.kind === "group") ?? this.person.places[0]), () => {});
  }

  // Where this person is looking: the bot's chat, one of the account's, or a topic.
  get place() {
    const all = this.person.places;
    return all.find((one) => spotOf(one) === this.spot) ?? all[0];
  }
  get where() { return this.place.kind === "bot" ? {} : { chat: this.place.key, thread: this.place.thread }; }
  isHere(message, place = this.place) { return message.chat === place.key && (message.thread ?? null) === (place.thread ?? null); }

  act(name, body) { return post(`/_/people/${this.chosen}/${name}`, body instanceof FormData ? body : { ...this.where, ...body }).catch((error) => { this.toast(error.message); throw error; }); }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const [editing, replying] = [this.editing, this.replying];
    this.follows = true;
    this.field.value = "";
    this.calm();
    try {
      if (editing) await this.act("edit", { message_id: editing.id, text });
      else await this.act("say", { text, ...(replying ? { reply_to: replying.id } : {}) });
    } catch { this.field.value = text; }
    this.grow();
  }

  async sendFiles(files) {
    if (!files.length) return;
    const form = new FormData();
    form.append("caption", this.field.value.trim());
    form.append("place", JSON.stringify(this.where));
    const pictures = files.every((file) => /^image\/(png|jpeg|webp|gif)$/.test(file.type));
    files.slice(0, 10).forEach((file) => form.append(pictures ? "photo" : "document", file, file.name));
    this.file.value = "";
    await this.act("file", form).then(() => { this.field.value = ""; this.calm(); }, () => {});
  }

  answer(message) { this.calm(); this.replying = message; this.note2(`回复 Reply: ${message.text || "…"}`); }
  edit(message) { this.calm(); this.editing = message; this.field.value = message.text; this.grow(); this.note2(`编辑 Edit: ${message.text}`); }
  note2(text) { this.answering.hidden = false; this.answering.querySelector("span").textContent = text; this.field.focus(); }
  calm() {
    if (this.editing) this.field.value = "";
    this.replying = this.editing = null;
    this.answering.hidden = true;
    this.open(false);
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = `${this.field.scrollHeight}px`;
  }

  toast(text) {
    this.note.textContent = text;
    this.note.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.note.hidden = true; }, 3500);
  }

  show(id) { this.lines.get(id)?.node.scrollIntoView({ block: "center", behavior: "smooth" }); }

  open(wanted) {
    this.menu.hidden = !wanted;
    if (!wanted) return;
    const list = this.person.commands;
    this.menu.replaceChildren(...(list.length ? list.map((command) => {
      const node = el("button", { type: "button" }, el("b", {}, `/${command.command}`), el("span", {}, command.description));
      node.addEventListener("click", () => { this.field.value = `/${command.command} `; this.open(false); this.field.focus(); });
      return node;
    }) : [el("p", {}, "还没有命令 · No commands yet")]));
  }

  choose(id) {
    if (this.chosen !== null) this.drafts.set(this.chosen, this.field.value);
    if (this.chosen !== id) this.spot = null;
    this.chosen = id;
    this.calm();
    this.field.value = this.drafts.get(id) ?? "";
    this.draw();
    this.grow();
  }

  go(place) {
    this.spot = spotOf(place);
    this.calm();
    this.draw();
    this.spots.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  drawPlaces(person) {
    const all = person.places;
    this.spots.hidden = all.length < 2;
    redraw(this.spots, all.map((place) => {
      const here = place === this.place;
      const count = here ? 0 : this.unreadAt(person, place);
      const marks = { bot: "🤖", seller: "🏪", buyer: "💬", group: "#", topic: place.icon };
      const names = { bot: this.role === "seller" ? "机器人 Bot" : place.title, seller: `${place.title}本人 in person`, group: `${place.title}` };
      const node = el("button", { type: "button", role: "tab", ariaSelected: String(here), className: `${place.kind}${place.closed ? " closed" : ""}` },
        el("i", { ariaHidden: "true" }, marks[place.kind] || "•"), el("span", { dir: "auto" }, names[place.kind] ?? place.title),
        count ? el("b", { className: "new", ariaLabel: `${count} 条新消息 new` }, String(count)) : null);
      node.tabIndex = here ? 0 : -1;
      if (place.kind === "topic") node.style.setProperty("--tint", place.colour);
      node.addEventListener("click", () => this.go(place));
      return node;
    }));
  }

  draw() {
    const mine = [...people.values()].filter((person) => (person.role === "seller") === (this.role === "seller"));
    if (!this.person && mine.length) this.chosen = mine[0].id;
    this.drawTabs(mine);
    const person = this.person;
    this.phone.classList.toggle("empty", !person);
    if (!person) return;
    const place = this.place;
    const face = this.phone.querySelector(".face");
    face.textContent = place.kind === "topic" && place.icon ? place.icon : [...place.title][0] ?? "掌";
    face.className = `face ${place.kind}`;
    this.phone.querySelector(".who strong").textContent = place.title;
    this.topic.hidden = place.kind !== "topic";
    this.topic.textContent = place.closed ? "重新打开 Reopen" : "关闭话题 Close";
    this.drop.hidden = this.topic.hidden;
    this.drop.ariaLabel = this.drop.title = "删除话题 Delete topic";
    this.drawPlaces(person);
    const block = this.phone.querySelector(".block");
    block.textContent = person.blocked ? "解除屏蔽 Unblock" : "屏蔽 Block";
    block.hidden = !person.opened || place.kind !== "bot";
    this.begin.hidden = place.kind !== "bot" || (person.opened && !person.blocked);
    this.begin.textContent = person.blocked ? "重新开始 Restart" : "开始 Start";
    this.write.hidden = !this.begin.hidden;
    const rows = person.blocked || place.kind !== "bot" ? null : person.keyboard;
    this.keyboard.hidden = !rows;
    this.keyboard.replaceChildren(...(rows ?? []).map((row) => el("div", {}, ...row.map((button) => {
      const node = el("button", { type: "button" }, button.text);
      node.addEventListener("click", () => this.act("say", { text: button.text }).catch(() => {}));
      return node;
    }))));
    const pinned = messages.get(`${place.key}/${place.pinned}`);
    this.pinned.hidden = !pinned;
    if (pinned) { this.pinned.textContent = pinned.text; this.pinned.onclick = () => this.show(pinned.id); }
    this.drawChat(person);
    this.drawBusy();
  }

  drawTabs(mine) {
    let all = 0;
    const nodes = mine.map((person) => {
      const unread = this.unread(person);
      all += unread;
      const names = { "zh-hans": "简", "zh-hant": "繁", en: "EN" };
      const node = el("button", { type: "button", role: "tab", ariaSelected: String(person.id === this.chosen) },
        el("span", { className: "name", dir: "auto" }, person.name),
        el("small", {}, this.role === "seller" ? "seller" : names[person.language] ?? person.language ?? ""),
        unread ? el("span", { className: "new", ariaLabel: `${unread} 条新消息 new` }, String(unread)) : null);
      node.title = `${person.name} · ${person.id}`;
      node.tabIndex = person.id === this.chosen ? 0 : -1;
      node.addEventListener("click", () => this.choose(person.id));
      return node;
    });
    if (this.role === "buyer") {
      const add = el("button", { type: "button", className: "add" }, "＋ 买家 Add buyer");
      add.addEventListener("click", openAdding);
      nodes.push(add);
    } else if (mine.length) {
      nodes.push(...this.tools());
    }
    redraw(this.tabs, nodes);
    const count = document.querySelector(`.sides [data-side=${this.root.id}] .new`);
    count.textContent = all;
    count.hidden = !all;
  }

  // What the owner does once: connect the account, make the inbox.
  tools() {
    const person = this.person;
    const tool = (label, title, work) => {
      const node = el("button", { type: "button", className: "add", title }, label);
      node.addEventListener("click", () => work().catch(complain));
      return node;
    };
    const account = person.account
      ? tool("断开账号 Disconnect", "机器人不再替您的账号回话 The bot leaves your account", () => post("/_/account", { id: person.id, on: false }))
      : tool("＋ 接账号 Connect", "买家直接找您，机器人用您的名义先答 Buyers write to you, the bot answers first", () => connecting(person));
    const has = person.places.some((place) => place.kind === "group");
    const inbox = has ? null : tool("＋ 收件箱 Inbox", "建一个开了话题的群，把机器人设为管理员 A group with topics, the bot its administrator", () => founding(person));
    return [account, ...(inbox ? [inbox] : [])];
  }

  unreadAt(person, place) {
    const from = place.kind === "buyer" ? (message) => message.from !== person.id : (message) => message.bot || message.from !== person.id;
    const own = [...messages.values()].filter((message) => this.isHere(message, place) && from(message) && !message.deleted && says(message));
    const newest = own.reduce((most, message) => Math.max(most, message.id), 0);
    const key = `${person.id}@${spotOf(place)}`;
    const isSeen = person.id === this.chosen && place === this.place && this.root.offsetParent !== null;
    if (isSeen || first) seen.set(key, newest);
    return own.filter((message) => message.id > (seen.get(key) ?? 0)).length;
  }

  unread(person) { return person.places.reduce((sum, place) => sum + this.unreadAt(person, place), 0); }

  drawChat(person) {
    const place = this.place;
    const drawnFor = `${person.id}@${spotOf(place)}`;
    const switched = this.drawnFor !== drawnFor;
    if (switched) { this.lines.clear(); this.drawnFor = drawnFor; }
    const own = [...messages.values()].filter((one) => this.isHere(one) && says(one) && !(one.deleted && one.bot)).sort((a, b) => a.id - b.id);
    const groups = [];
    for (const one of own) {
      const before = groups[groups.length - 1];
      if (before && one.album && before[0].album === one.album) before.push(one);
      else groups.push([one]);
    }
    const nodes = [];
    const kept = new Map();
    let today = "";
    for (const group of groups) {
      const date = day(group[0].date);
      if (date !== today) nodes.push(el("div", { className: "day" }, today = date));
      const key = JSON.stringify([group, person.blocked]);
      const old = this.lines.get(group[0].id);
      const node = old?.key === key ? old.node : drawn(this, person, group);
      if (!old && !switched && !first) {
        node.classList.add("fresh");
        node.addEventListener("animationend", () => node.classList.remove("fresh"), { once: true }); // else it plays again when redrawn
      }
      kept.set(group[0].id, { key, node });
      nodes.push(node);
    }
    if (!groups.length) {
      const elsewhere = {
        seller: `这里是${place.title}自己的账号，不是机器人。\nThis is ${place.title}’s own account, not the bot.`,
        buyer: "还没有说过话。\nNothing said yet.",
        group: "总话题：提醒都在这里，买家各有自己的话题。\nGeneral: notices come here, every buyer has a topic.",
      };
      nodes.push(el("div", { className: "hint" }, elsewhere[place.kind] ?? (this.role === "seller"
        ? "店主和机器人的聊天。点下面的按钮开始。\nThe seller’s own chat with the bot. Press the button below."
        : `${person.name} 还没有说过话。\n${person.name} has not said anything yet.`)));
      nodes[0].style.whiteSpace = "pre-line";
    }
    this.lines = kept;
    const same = nodes.length === this.chat.children.length && nodes.every((node, at) => this.chat.children[at] === node);
    if (!same) this.chat.replaceChildren(...nodes);
    if (switched) this.follows = true;
    if (same) return;
    this.follow();
    this.newest.hidden = near(this.chat);
  }

  drawBusy() {
    if (!this.person) return;
    const place = this.place;
    const is = place.kind === "bot" ? busy[this.chosen] : null;
    const line = this.phone.querySelector(".who small");
    line.className = is ? "busy" : "";
    line.textContent = is ? (is === "typing" ? "正在输入… typing…" : "正在发送… sending…") : this.person.blocked ? "已屏蔽 blocked" : {
      bot: `机器人 bot · @${bot.username}`,
      seller: "店主自己的账号 · the seller’s own account",
      buyer: "您自己的账号 · your own account",
      group: "总话题 · General",
      topic: place.closed ? "话题已关闭，机器人停下 · closed, the bot stops" : "买家的话题 · the buyer’s topic",
    }[place.kind];
    const dots = this.chat.querySelector(".typing");
    if (is && !dots) {
      this.chat.append(el("div", { className: "typing", ariaLabel: "正在输入 typing" }, el("i"), el("i"), el("i")));
      this.follow();
    } else if (!is) dots?.remove();
  }
}

// ---- asking first

const asking = document.getElementById("asking");
function asked(title, explained, boxes, yes) {
  asking.querySelector("h2").replaceChildren(...title);
  asking.querySelector("p").textContent = explained;
  asking.querySelector(".boxes").replaceChildren(...boxes.map(([name, label]) =>
    el("label", {}, el("input", { type: "checkbox", name, checked: true }), label)));
  asking.querySelector(".strong").textContent = yes;
  asking.returnValue = "cancel";
  asking.showModal();
  return new Promise((done) => asking.addEventListener("close", () => done(asking.returnValue !== "yes" ? null
    : Object.fromEntries([...asking.querySelectorAll("input")].map((box) => [box.name, box.checked]))), { once: true }));
}
const titled = (chinese, english) => [`${chinese} `, el("span", {}, english)];

async function connecting(person) {
  const rights = await asked(titled("接自己的账号", "Connect the account"),
    "在 Telegram 里是：设置 → 聊天自动化 → 选这个机器人。\nIn Telegram: Settings → Chat Automation → this bot.",
    [["can_reply", "回复消息 Reply to messages"], ["can_read_messages", "标为已读 Mark messages as read"], ["can_delete_sent_messages", "删除已发消息 Delete sent messages"]],
    "接上 Connect");
  if (rights) await post("/_/account", { id: person.id, rights });
}

async function founding(person) {
  const rights = await asked(titled("收件箱", "Inbox"),
    "在 Telegram 里是：建群，打开话题，把机器人拉进来，设为管理员。\nIn Telegram: make a group, turn topics on, add the bot as an administrator.",
    [["can_manage_topics", "管理话题 Manage topics"], ["can_pin_messages", "置顶消息 Pin messages"]],
    "建群 Make the group");
  if (!rights) return;
  const told = await post("/_/groups", { id: person.id, rights });
  await refresh();
  const place = people.get(person.id).places.find((one) => one.key === told.key);
  if (place) sides.seller.go(place);
}

// ---- one side at a time, on a narrow page

const switches = document.querySelector(".sides");
switches.addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-side]")?.dataset.side;
  if (!chosen) return;
  document.querySelector("main").dataset.side = chosen;
  for (const one of switches.children) one.ariaPressed = String(one.dataset.side === chosen);
  Object.values(sides).forEach((side) => side.draw());
});

// ---- adding a buyer

const adding = document.getElementById("adding");
const NAMES = ["小林", "阿May", "王姐", "Tom", "陳小姐", "Sara"];
function openAdding() {
  const taken = new Set([...people.values()].map((person) => person.name));
  document.getElementById("newname").value = NAMES.find((name) => !taken.has(name)) ?? "";
  adding.returnValue = "cancel";
  adding.showModal();
  document.getElementById("newname").select();
}
adding.addEventListener("close", async () => {
  if (adding.returnValue !== "add") return;
  try {
    const told = await post("/_/people", { name: document.getElementById("newname").value, language: document.getElementById("newlanguage").value });
    await refresh();
    sides.buyer.choose(told.id);
  } catch (error) { complain(error); }
});
// Enter in the name field adds rather than cancels.
document.getElementById("newname").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.value.trim()) { event.preventDefault(); adding.close("add"); }
});

// ---- what the server tells

function take(told) {
  timezone = told.timezone;
  busy = told.busy;
  tick(told.now);
  if (told.people) {
    bot = told.bot;
    for (const person of told.people) people.set(person.id, person);
    for (const message of told.messages) messages.set(`${message.chat}/${message.id}`, message);
    Object.values(sides).forEach((side) => side.draw());
    first = false;
  } else {
    Object.values(sides).forEach((side) => side.drawBusy());
  }
}

const refresh = async () => take(await (await fetch("/_/state")).json());

sides.buyer = new Side(document.getElementById("buyers"), "buyer");
sides.seller = new Side(document.getElementById("sellers"), "seller");
const events = new EventSource("/_/events");
events.onmessage = (event) => { document.getElementById("state").textContent = ""; take(JSON.parse(event.data)); };
events.onerror = () => { document.getElementById("state").textContent = "连接断了，正在重连… Reconnecting…"; };
