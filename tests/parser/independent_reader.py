"""A second reader of t.me pages, so that qanat's parser is never its own witness.

read_page(bytes) gives the value that `qanat parse --page` prints (docs/schema/page.schema.json), made
from the page alone: another language, another HTML library (html.parser), other code. It is simple
and trusts the page to nest well; hostile input is not its business. What it has no opinion on is in
NOT_READ.

A new key of a post is one line in POST_FIELDS and one function.
"""
import base64
import datetime
import html
import html.parser
import json
import re
import urllib.parse

# Of our own making, not on the page: held against its shape only, see check_saved_pages.py.
NOT_READ = {"content_sha256"}

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "path", "circle"}


# --- the tree -----------------------------------------------------------------------------------

class Element:
    def __init__(self, tag, attributes=(), parent=None):
        self.tag = tag
        self.attributes = {}
        for name, value in attributes:
            self.attributes.setdefault(name, value or "")
        self.classes = self.attributes.get("class", "").split()
        self.parent = parent
        self.children = []

    def get(self, name):
        return self.attributes.get(name, "")

    def walk(self):
        """The elements below, in page order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, *classes):
        return [each for each in self.walk() if any(name in each.classes for name in classes)]

    def first(self, *classes):
        return next(iter(self.all(*classes)), None)

    def tags(self, *names):
        return [each for each in self.walk() if each.tag in names]

    def within(self, *classes):
        """Whether it, or what it stands in, has one of the classes."""
        return any(name in self.classes for name in classes) or (
            self.parent is not None and self.parent.within(*classes))


class TreeBuilder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.top = Element("")

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, self.top)
        self.top.children.append(element)
        if tag not in VOID:
            self.top = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        place = self.top
        while place is not self.root and place.tag != tag:
            place = place.parent
        if place is not self.root:
            self.top = place.parent

    def handle_data(self, data):
        self.top.children.append(data)


# --- small values -------------------------------------------------------------------------------

def plain(element):
    """The shown text, <br> as a line's end."""
    if element is None:
        return ""
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        else:
            parts.append(plain(child))
    return "".join(parts)


def words(element):
    """A short value: a name, a counter."""
    return plain(element).strip()


def count(text):
    """"1.13M" → 1130000, exactly."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?([KMB]?)", re.sub(r"[ \u00a0\u202f]", "", text))
    if not match:
        return None
    whole, part, unit = match[1], match[2] or "", {"": 0, "K": 3, "M": 6, "B": 9}[match[3]]
    if len(part) > unit:
        return None
    return int(whole + part) * 10 ** (unit - len(part))


def seconds(element):
    if element is None or not re.fullmatch(r"\d+(:\d\d){1,2}", words(element)):
        return None
    total = 0
    for part in words(element).split(":"):
        total = total * 60 + int(part)
    return total


def pixels(style, name, unit="px"):
    match = re.search(rf"(?:^|[;\s]){name}:\s*([\d.]+){unit}", style)
    return float(match[1]) if match else None


def css_url(element):
    found = re.findall(r"url\(['\"]?([^'\")]*)['\"]?\)", element.get("style")) if element else []
    return absolute(next((url for url in found if not url.startswith("data:")), ""), "")


def box(width, padding):
    """CSS's way to give a picture its shape: a height in percent of the width."""
    if width is None:
        return None, None
    return int(width + 0.5), None if padding is None else int(width * padding / 100 + 0.5)


def absolute(href, slug):
    if not href or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", href):
        return href
    return urllib.parse.urljoin(f"https://t.me/s/{slug}", href)


def target(anchor, slug):
    """Where a link leads. Those that ask before they open are escaped once more."""
    href = anchor.get("href")
    if "onclick" in anchor.attributes:
        href = re.sub(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);", lambda match: html.unescape(match[0]), href)
    return absolute(href, slug)


def telegram_path(url):
    """("name", "123") of https://t.me/name/123."""
    match = re.fullmatch(r"https?://(?:t|telegram)\.(?:me|dog)/(?:s/)?(\w+)(?:/(\d+))?/?(?:\?.*)?", url)
    return (match[1].lower(), match[2]) if match else (None, None)


# --- text ---------------------------------------------------------------------------------------

MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
         "ins": "underline", "s": "strike", "strike": "strike", "del": "strike", "code": "code",
         "pre": "pre", "tg-spoiler": "spoiler", "blockquote": "quote", "tg-emoji": "custom_emoji",
         "a": "link"}
# A browser gives them lines of their own.
BLOCKS = {"blockquote", "pre", "div", "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"}


def address(text):
    """An address without what a reader does not look at."""
    text = urllib.parse.unquote(text.strip()).removeprefix("mailto:")
    text = re.sub(r"^(?:https?://)?(?:www\.)?", "", text, flags=re.I)
    host, slash, rest = text.partition("/")
    host = re.sub(r"^telegram\.(?:me|dog)$", "t.me", host.lower())
    if host == "t.me" and "?" not in rest:
        rest = rest.lower()  # names have no case
    return (host + slash + rest).rstrip("/")


def link_kind(href, url, shown):
    if href.startswith(("?q=%23", "?q=#")):
        return "hashtag"
    if href.startswith(("?q=%24", "?q=$")):
        return "cashtag"
    if url.startswith("mailto:"):
        return "email"
    if url.startswith("tel:"):
        return "phone"
    if url.startswith("tg://bot_command"):
        return "bot_command"
    if shown.startswith("@") and address(url) == "t.me/" + shown[1:].lower():
        return "mention"
    return "link"


class Text:
    """The text of some elements, with what lies over it."""

    def __init__(self, elements, slug, own_name):
        self.slug = slug
        self.own_name = own_name
        self.text = ""
        self.block_ended = False
        self.spans = []  # [start, end, kind, value, anchor], in the order of opening
        for element in elements:
            if self.text:
                self.text = self.text.rstrip() + "\n\n"  # the captions of several documents
            self.block_ended = False
            self.read(element)
        self.trim()

    def trim(self):
        cut = len(self.text) - len(self.text.lstrip())
        self.text = self.text.strip()
        for span in self.spans:
            span[:2] = (min(max(end - cut, 0), len(self.text)) for end in span[:2])

    def start_line(self):
        self.block_ended = False
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def write(self, characters):
        # The source's own line ends are no text: a browser shows one space, none at a line's start.
        characters = re.sub(r"[ \t]*[\r\n][ \t\r\n]*",
                            lambda match: " " if match.start() or not self.at_line_start() else "",
                            characters)
        if characters and self.block_ended:
            self.start_line()
        self.text += characters

    def at_line_start(self):
        return not self.text or self.block_ended or self.text.endswith("\n")

    def read(self, element):
        for child in element.children:
            if isinstance(child, str):
                self.write(child)
            elif child.tag == "br":
                self.block_ended = False
                self.text += "\n"
            elif "emoji" in child.classes:
                self.write(plain(child))  # its <b> is no bold
            else:
                self.read_marked(child)

    def read_marked(self, element):
        if element.tag in BLOCKS or self.block_ended:
            self.start_line()
        span = [len(self.text), 0, mark_of(element), "", None]
        if span[2] == "custom_emoji":
            span[3] = element.get("emoji-id")
        elif span[2] == "pre":
            span[3] = language(element)
        elif span[2] == "link":
            span[4] = element
        if span[2]:
            self.spans.append(span)
        self.read(element)
        span[1] = len(self.text)
        if span[4]:
            url = target(element, self.slug)
            span[2] = link_kind(element.get("href"), url, self.text[span[0]:])
            span[3] = url if span[2] == "link" else ""
        self.block_ended = self.block_ended or element.tag in BLOCKS

    def entities(self):
        covering = [span for span in self.spans if span[0] < span[1]]
        ordered = sorted(covering, key=lambda span: (span[0], -span[1]))
        return [{"type": kind, "start": start, "end": end, "value": value}
                for start, end, kind, value, _ in ordered]

    def links(self):
        found = []
        for start, end, kind, _, anchor in self.spans:
            if anchor is None or kind in ("hashtag", "cashtag"):
                continue
            url = target(anchor, self.slug)
            shown = self.text[start:end]
            found.append({"url": url, "text": shown, "masked": self.masked(anchor, kind, url, shown)})
        return found

    def masked(self, anchor, kind, url, shown):
        if kind in ("mention", "bot_command"):
            return False
        if kind == "phone":
            return re.sub(r"[^\d+]", "", shown) != url.removeprefix("tel:")
        # "<a href=channel>Its name</a> pinned a photo": Telegram's words, they hide nothing.
        if (self.own_name and telegram_path(url) == (self.slug.lower(), None)
                and "onclick" not in anchor.attributes):
            return False
        return address(shown) != address(url)

    def shown(self, kind):
        return [self.text[span[0]:span[1]] for span in self.spans if span[2] == kind]


def mark_of(element):
    kind = MARKS.get(element.tag)
    if kind == "quote" and "expandable" in element.attributes:
        return "collapsed_quote"
    if kind == "code" and element.parent.tag == "pre":
        return None  # there to name the language
    if kind == "link" and not element.get("href"):
        return None
    return kind


def language(element):
    for each in element.walk():
        for name in each.classes:
            if name.startswith("language-"):
                return name[len("language-"):]
    return ""


# --- media --------------------------------------------------------------------------------------

def medium(kind, **values):
    return {"type": kind, "url": "", "width": None, "height": None, "duration_seconds": None,
            "title": "", "extra": "", **values}


def read_photo(wrap, slug):
    style = wrap.get("style")
    if "grouped_media_wrap" in wrap.classes:
        width, height = pixels(style, "width"), pixels(style, "height")
        size = int(width + 0.5), int(height + 0.5)
    else:
        shape = ";".join(each.get("style") for each in wrap.all("tgme_widget_message_photo"))
        size = box(pixels(style, "width"), pixels(shape, "padding-top", "%"))
    return medium("photo", url=css_url(wrap), width=size[0], height=size[1])


def read_service_photo(wrap, slug):
    images = wrap.tags("img")
    return medium("photo", url=images[0].get("src") if images else "")


def read_video(player, slug):
    wrap = player.first("tgme_widget_message_video_wrap")
    videos = wrap.tags("video") if wrap else []
    duration = player.first("message_video_duration")
    is_gif = duration is None and player.first("message_video_play") is None
    size = box(pixels(wrap.get("style"), "width"), pixels(wrap.get("style"), "padding-top", "%"))
    return medium("gif" if is_gif else "video", url=videos[0].get("src") if videos else "",
                  width=size[0], height=size[1], duration_seconds=seconds(duration))


def read_round_video(player, slug):
    video = player.first("tgme_widget_message_roundvideo")
    return medium("round_video", url=video.get("src") if video else "",
                  duration_seconds=seconds(player.first("tgme_widget_message_roundvideo_duration")))


def read_voice(player, slug):
    audio = player.first("tgme_widget_message_voice")
    return medium("voice", url=audio.get("src") if audio else "",
                  duration_seconds=seconds(player.first("tgme_widget_message_voice_duration")))


def read_document(wrap, slug):
    icon = wrap.first("tgme_widget_message_document_icon")
    return medium("audio" if icon and "audio" in icon.classes else "document",
                  title=words(wrap.first("tgme_widget_message_document_title")),
                  extra=words(wrap.first("tgme_widget_message_document_extra")))


def read_sticker(wrap, slug):
    sticker = wrap.first("tgme_widget_message_sticker", "tgme_widget_message_tgsticker",
                         "tgme_widget_message_videosticker")
    styles = ";".join(each.get("style") for each in [sticker, *sticker.walk()])
    width, height = box(pixels(styles, "width"), pixels(styles, "padding-top", "%"))
    file = next((each.get("srcset") or each.get("src") for each in sticker.tags("source", "video")),
                sticker.get("data-webp") or css_url(sticker))
    moving = {"tgme_widget_message_tgsticker": "animated", "tgme_widget_message_videosticker": "video"}
    return medium("sticker", url=file, width=width, height=height,
                  extra=next((moving[name] for name in sticker.classes if name in moving), ""))


def read_location(wrap, slug):
    title = words(wrap.first("tgme_widget_message_location_title"))
    point = urllib.parse.parse_qs(urllib.parse.urlsplit(wrap.get("href")).query).get("q", [""])[0]
    if not title:
        return medium("location", url=target(wrap, slug), extra=point)
    return medium("venue", url=target(wrap, slug), title=title,
                  extra=words(wrap.first("tgme_widget_message_location_address")))


def read_contact(wrap, slug):
    return medium("contact", title=words(wrap.first("tgme_widget_message_contact_name")),
                  extra=words(wrap.first("tgme_widget_message_contact_phone")))


def read_invoice(wrap, slug):
    """`extra`: the price, which older pages hold in a label of its own, above the description."""
    price = words(wrap.first("tgme_widget_message_invoice_total")
                  or wrap.first("tgme_widget_message_invoice_label"))
    description = words(wrap.first("tgme_widget_message_invoice_description"))
    return medium("invoice", url=css_url(wrap.first("tgme_widget_message_invoice_image")),
                  title=words(wrap.first("tgme_widget_message_invoice_title")),
                  extra="\n".join(filter(None, [price, description])))


def read_game(wrap, slug):
    return medium("game", url=css_url(wrap.first("tgme_widget_message_game_image")),
                  title=words(wrap.first("tgme_widget_message_game_title")),
                  extra=words(wrap.first("tgme_widget_message_game_text")))


MEDIA = {"tgme_widget_message_photo_wrap": read_photo,
         "tgme_widget_message_service_photo": read_service_photo,
         "tgme_widget_message_video_player": read_video,
         "tgme_widget_message_roundvideo_player": read_round_video,
         "tgme_widget_message_voice_player": read_voice,
         "tgme_widget_message_document_wrap": read_document,
         "tgme_widget_message_sticker_wrap": read_sticker,
         "tgme_widget_message_location_wrap": read_location,
         "tgme_widget_message_contact_wrap": read_contact,
         "tgme_widget_message_invoice": read_invoice,
         "tgme_widget_message_game": read_game}


# --- a post -------------------------------------------------------------------------------------

# What stands beside the post's own words and looks like them.
ASIDE = ("media_not_supported_cont", "tgme_widget_message_reply", "tgme_widget_message_link_preview")


class Message:
    """One message of the page, with what several fields are read from."""

    def __init__(self, element):
        self.element = element
        self.slug, _, number = element.get("data-post").partition("/")
        self.number = int(number)
        self.is_service = "service_message" in element.classes
        texts = [each for each in element.all("tgme_widget_message_text")
                 if not each.within(*ASIDE) and not each.all("tgme_widget_message_text")]
        self.text = Text(texts, self.slug, self.is_service)
        self.media_elements = [each for each in element.all(*MEDIA)
                               if not each.within("media_not_supported_cont",
                                                  "tgme_widget_message_reply")]
        self.media = [MEDIA[next(name for name in each.classes if name in MEDIA)](each, self.slug)
                      for each in self.media_elements]
        labels = [each for each in element.all("message_media_not_supported_label")
                  if not each.within(*MEDIA)]
        self.is_withheld = (bool(labels) and not self.text.text and not self.media
                            and self.first("tgme_widget_message_poll") is None)
        unsupported = [each for each in labels if not each.within("media_not_supported_cont")]
        if unsupported and not self.is_withheld:
            self.media.append(medium("unsupported"))

    def first(self, *classes):
        """Outside of the reply, the preview and the hidden branch."""
        return next((each for each in self.element.all(*classes) if not each.within(*ASIDE)), None)


def kind(message):
    if message.is_service:
        return "service"
    if message.is_withheld:
        return "withheld"
    for each in message.media:
        if each["type"] != "unsupported":
            return each["type"]
    if message.first("tgme_widget_message_poll"):
        return "poll"
    # Nobody posts nothing.
    return "text" if message.text.text or message.media else "withheld"


# The sentences of the field guide.
SERVICE_KINDS = (("created", r"Channel created"),
                 ("name_changed", r"Channel name was changed to .*"),
                 ("photo_updated", r"Channel photo updated|.* updated (?:group|channel) photo"),
                 ("photo_removed", r"Channel photo removed"),
                 ("pinned", r".* pinned .*"))


def service_kind(message):
    if not message.is_service:
        return None
    return next((name for name, sentence in SERVICE_KINDS
                 if re.fullmatch(sentence, message.text.text, re.S)), "other")


def published_at(message):
    date = message.first("tgme_widget_message_date")
    times = date.tags("time") if date else []
    try:
        moment = datetime.datetime.fromisoformat(times[0].get("datetime"))
    except (IndexError, ValueError):
        return None
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def edited(message):
    meta = message.first("tgme_widget_message_meta")
    own = [child for child in meta.children if isinstance(child, str)] if meta else []
    return "edited" in " ".join(own).replace(",", " ").split()


def forwarded_from(message):
    forward = message.first("tgme_widget_message_forwarded_from")
    if forward is None:
        return None
    name = forward.first("tgme_widget_message_forwarded_from_name")
    return {"name": words(name), "url": target(name, message.slug) if name else "",
            "author": words(forward.first("tgme_widget_message_forwarded_from_author"))}


def reply_to(message):
    reply = message.element.first("tgme_widget_message_reply")
    if reply is None:
        return None
    url = target(reply, message.slug)
    number = telegram_path(url)[1]
    return {"post": int(number) if number else None, "url": url,
            "text": words(reply.first("js-message_reply_text", "tgme_widget_message_metatext"))}


def album(message):
    numbers = [telegram_path(each.get("href"))[1] for each in message.media_elements
               if "grouped_media_wrap" in each.classes]
    return [int(number) for number in numbers if number]


def percent(element):
    match = re.fullmatch(r"(\d+)\s*%", words(element))
    return int(match[1]) if match else None


def poll(message):
    element = message.first("tgme_widget_message_poll")
    if element is None:
        return None
    options = []
    for option in element.all("tgme_widget_message_poll_option"):
        options.append({"text": words(option.first("tgme_widget_message_poll_option_text")),
                        "percent": percent(option.first("tgme_widget_message_poll_option_percent"))})
    return {"question": words(element.first("tgme_widget_message_poll_question")),
            "type": words(element.first("tgme_widget_message_poll_type")),
            "voters_text": words(message.first("tgme_widget_message_voters")), "options": options}


def link_preview(message):
    preview = message.element.first("tgme_widget_message_link_preview")
    if preview is None:
        return None
    image = preview.first("link_preview_image", "link_preview_right_image",
                          "link_preview_video_thumb")
    return {"url": target(preview, message.slug),
            "site_name": words(preview.first("link_preview_site_name")),
            "title": words(preview.first("link_preview_title")),
            "description": words(preview.first("link_preview_description")),
            "image_url": css_url(image)}


def buttons(message):
    return [{"text": words(each), "url": target(each, message.slug)}
            for each in message.element.all("tgme_widget_message_inline_button")
            if "url_button" in each.classes]


def reactions(message):
    found = []
    for each in message.element.all("tgme_reaction"):
        custom = each.tags("tg-emoji")
        shown = "".join(child for child in each.children if isinstance(child, str)).strip()
        found.append({"emoji": "".join(words(emoji) for emoji in each.all("emoji")),
                      "custom_emoji_id": custom[0].get("emoji-id") if custom else "",
                      "paid": "tgme_reaction_paid" in each.classes,
                      "count": count(shown), "count_text": shown})
    return found


def views_text(message):
    return words(message.first("tgme_widget_message_views"))


POST_FIELDS = {
    "schema": lambda message: "qanat.post/1",
    "id": lambda message: f"{message.slug.lower()}/{message.number}",
    "channel": lambda message: message.slug.lower(),
    "post": lambda message: message.number,
    "url": lambda message: f"https://t.me/{message.slug}/{message.number}",
    "published_at": published_at,
    "edited": edited,
    "kind": kind,
    "service_kind": service_kind,
    "author": lambda message: words(message.first("tgme_widget_message_from_author")),
    "via_bot": lambda message: words(message.first("tgme_widget_message_via_bot")),
    "forwarded_from": forwarded_from,
    "reply_to": reply_to,
    "text": lambda message: message.text.text,
    "entities": lambda message: message.text.entities(),
    "links": lambda message: message.text.links(),
    "hashtags": lambda message: message.text.shown("hashtag"),
    "mentions": lambda message: message.text.shown("mention"),
    "media": lambda message: message.media,
    "album": album,
    "poll": poll,
    "link_preview": link_preview,
    "buttons": buttons,
    "reactions": reactions,
    "views": lambda message: count(views_text(message)),
    "views_text": views_text,
    "removed": lambda message: [],
}
# What only a judged and stored post has.
NULL_FIELDS = ("first_seen_at", "last_seen_at", "deleted_at", "revision", "lang", "label", "outcome",
               "ad_probability", "title", "question", "answer", "cluster", "provenance")


def read_post(message):
    return {**{name: read(message) for name, read in POST_FIELDS.items()},
            **dict.fromkeys(NULL_FIELDS)}


# --- the page -----------------------------------------------------------------------------------

# What the field guide of the page names, after "tgme_widget_": all a message may hold.
KNOWN = {"tgme_" + name for name in """
    reaction reaction_paid widget_service_strong_text
    """.split()} | {"tgme_widget_message" + name for name in """
    _wrap _centered _user _user_photo _bubble _bubble_tail _author _author_name _owner_name _footer
    _info _views _voters _meta _from_author _date _forwarded_from _forwarded_from_name
    _forwarded_from_author _reply _reply_thumb _metatext _text _via_bot _link _error
    _photo_wrap _photo _service_photo _service_date _service_date_wrap _one_media
    _grouped_wrap _grouped _grouped_layer
    _video_player _video_thumb _video_wrap _video
    _roundvideo_player _roundvideo_wrap _roundvideo_thumb _roundvideo _roundvideo_duration
    _voice_player _voice _voice_play _voice_wrap _voice_progress_wrap _voice_progress_bg
    _voice_progress _voice_duration
    _document_wrap _document_icon _document _document_title _document_extra
    _sticker_wrap _sticker _tgsticker _videosticker
    _poll _poll_question _poll_type _poll_options _poll_option _poll_option_percent
    _poll_option_value _poll_option_text _poll_option_bar
    _location_wrap _location _location_info _location_title _location_address
    _contact_wrap _contact _contact_name _contact_phone
    _invoice _invoice_title _invoice_description _invoice_label _invoice_total _invoice_image
    _game _game_title _game_text _game_label _game_image _game_video
    _link_preview _reactions _inline_keyboard _inline_row _inline_button _inline_button_text
    """.split()} | {"tgme_widget_message"}
KNOWN_TAGS = {"tg-emoji", "tg-spoiler"}


def unknown_markup(messages):
    found = {}
    for message in messages:
        for each in [message, *message.walk()]:
            names = [name for name in each.classes if name.startswith("tgme_") and name not in KNOWN]
            if each.tag.startswith("tg-") and each.tag not in KNOWN_TAGS:
                names.append(f"<{each.tag}>")
            for name in names:
                found[name] = found.get(name, 0) + 1
    return found


def malformed(messages):
    """Fields that are there and cannot be read."""
    found = {}

    def note(field, is_bad):
        if is_bad:
            found[field] = found.get(field, 0) + 1

    for message in messages:
        note("body", kind(message) == "withheld" and not message.is_withheld)
        date = message.first("tgme_widget_message_date")
        note("date", date is not None and published_at(message) is None)
        note("views", views_text(message) and count(views_text(message)) is None)
        for time in message.element.all("message_video_duration", "tgme_widget_message_voice_duration",
                                        "tgme_widget_message_roundvideo_duration"):
            note("duration", seconds(time) is None)
        for each in message.element.all("tgme_widget_message_poll_option_percent"):
            note("poll_percent", percent(each) is None)
        for each in reactions(message):
            note("reaction_count", each["count_text"] and each["count"] is None)
    return found


def meta(root, name):
    for each in root.tags("meta"):
        if name in (each.get("property"), each.get("name")):
            return each.get("content")
    return ""


def counter(kind_text, value_text):
    return {"type": kind_text, "value": count(value_text), "text": value_text}


def no_facts():
    return {"title": "", "username": "", "description": "", "photo_url": "", "counters": [],
            "verified": False, "has_preview": False, "numeric_id": None}


def photo_of(element):
    """The class is on the <img> or around it."""
    photo = element.first("tgme_page_photo_image")
    if photo is None:
        return ""
    images = [photo] if photo.tag == "img" else photo.tags("img")
    return images[0].get("src") if images else ""


def preview_facts(root, messages):
    facts = no_facts()
    facts["has_preview"] = True
    for message in messages:
        data = message.get("data-view")
        if data:
            view = json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
            facts["numeric_id"] = abs(view["c"])
            break
    info = root.first("tgme_channel_info")
    if info is None:
        return facts
    title = info.first("tgme_channel_info_header_title")
    facts["title"] = words(title.tags("span")[0] if title.tags("span") else title)
    facts["username"] = words(info.first("tgme_channel_info_header_username")).lstrip("@")
    facts["description"] = words(info.first("tgme_channel_info_description"))
    facts["photo_url"] = photo_of(info)
    facts["verified"] = info.first("verified-icon") is not None
    facts["counters"] = [counter(words(each.first("counter_type")), words(each.first("counter_value")))
                         for each in info.all("tgme_channel_info_counter")]
    return facts


def landing(root):
    """(kind, facts) of a page that lists no posts."""
    facts = no_facts()
    page = root.first("tgme_page")
    if page is None:
        home = any("tl_page" in name for each in root.walk() for name in each.classes)
        return ("home" if home else "unknown"), facts
    domain = re.search(r"[?&]domain=(\w+)", meta(root, "al:ios:url"))
    facts["username"] = domain[1] if domain else ""
    title = page.first("tgme_page_title")
    facts["title"] = words(title.tags("span")[0] if title and title.tags("span") else title)
    facts["photo_url"] = photo_of(page)
    facts["verified"] = page.first("verified-icon") is not None
    facts["has_preview"] = any(re.match(r"/s/\w", each.get("href")) for each in root.tags("a"))
    extras = [words(each) for each in page.all("tgme_page_extra")]
    for extra in extras:
        for part in extra.split(", "):
            match = re.fullmatch(r"([\d \u00a0\u202f]*\d) (\D+)", part)
            if match:
                facts["counters"].append(counter(match[2], match[1]))
    if page.first("tgme_page_widget"):
        facts["title"] = meta(root, "og:title")  # image and description there are the post's
        return "post", facts
    if meta(root, "robots").startswith("noindex") and title is None:
        return "free_name", facts
    facts["description"] = words(page.first("tgme_page_description"))
    action = words(page.first("tgme_action_button_new", "tgme_action_button"))
    audience = " ".join(extras)
    if action.startswith("Join"):
        return "private_invite", facts
    if any(extra.startswith("@") for extra in extras):
        return ("landing_bot" if "monthly users" in audience or "Bot" in action
                else "landing_user"), facts
    if "online" in audience or ("members" in audience and not facts["has_preview"]):
        return "landing_group", facts
    return "landing_channel", facts


def cursor(root, word, relation):
    for each in root.all("tme_messages_more") + [link for link in root.tags("link")
                                                  if link.get("rel") == relation]:
        match = re.search(rf"[?&]{word}=(\d+)", each.get("href"))
        if match:
            return int(match[1])
    return None


def read_page(page):
    source = page.decode("utf-8").removeprefix("\ufeff")
    is_fragment = source.lstrip().startswith('"')  # the answer to the page's script: a JSON string
    if is_fragment:
        source = json.loads(source)
    # In "?a=1&copy=2" HTML sees no ©; Python's library did until 3.13.
    source = re.sub(r"&(?=\w+=)", "&amp;", source)
    builder = TreeBuilder()
    builder.feed(source)
    builder.close()
    root = builder.root

    elements = root.all("tgme_widget_message")
    readable = [each for each in elements
                if re.fullmatch(r"[A-Za-z]\w{3,31}/[1-9]\d*", each.get("data-post"))]
    messages = [Message(each) for each in readable]
    is_preview = is_fragment or root.first("tgme_channel_history", "tgme_channel_info") is not None
    if is_preview:
        page_kind, facts = "channel", preview_facts(root, elements)
    else:
        page_kind, facts = landing(root)
    return {
        "schema": "qanat.page/1",
        "page_kind": page_kind,
        "channel": facts,
        "slug": messages[0].slug if messages else "",
        "before": cursor(root, "before", "prev"),
        "after": cursor(root, "after", "next"),
        "complete": is_fragment or re.search(r"</html>\s*(<!--.*?-->\s*)*$", source) is not None,
        "notice": "",
        "skipped": len(elements) - len(messages),
        "malformed": malformed(messages),
        "unknown_markup": unknown_markup(elements),
        "posts": [read_post(message) for message in messages],
    }
