#include "fake_telegram.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include "markup/html.h"

namespace qanat::test {
namespace {

std::string message(const std::string& channel,
                    std::int64_t id,
                    const std::string& text,
                    const std::string& views,
                    const std::string& number) {
  const std::string name = channel + "/" + std::to_string(id);
  const bool is_body = text.starts_with("<div") || text.starts_with("<a class=\"tgme_");
  const std::string body =
      is_body ? text
              : R"(<div class="tgme_widget_message_text js-message_text" dir="auto">)" + text +
                    "</div>";
  const std::string service = text.starts_with("Room pinned «") ? " service_message" : "";
  return R"(<div class="tgme_widget_message_wrap js-widget_message_wrap">)"
         R"(<div class="tgme_widget_message js-widget_message)" +
         service + R"(" data-post=")" + name + '"' + number +
         R"(><div class="tgme_widget_message_bubble">)" + body +
         R"(<div class="tgme_widget_message_footer js-message_footer">)"
         R"(<div class="tgme_widget_message_info"><span class="tgme_widget_message_views">)" +
         views +
         R"(</span><span class="tgme_widget_message_meta">)"
         R"(<a class="tgme_widget_message_date" href="https://t.me/)" +
         name +
         R"("><time datetime="2026-07-20T10:00:00+00:00" class="time">10:00</time></a>)"
         "</span></div></div></div></div></div>";
}

const char* const kLanding =
    R"(<!DOCTYPE html><html><head><title>Telegram: View @closed_room</title>)"
    R"(<meta property="og:title" content="Closed room"></head><body class="no_transition">)"
    R"(<div class="tgme_page_wrap"><div class="tgme_page">)"
    R"(<div class="tgme_page_title"><span dir="auto">Closed room</span></div>)"
    R"(<div class="tgme_page_extra">1 204 subscribers</div>)"
    R"(<div class="tgme_page_action"><a class="tgme_action_button_new" )"
    R"(href="tg://resolve?domain=closed_room">View in Telegram</a></div>)"
    "</div></div></body></html>";

/// The attribute in which a message tells its channel's number.
std::string data_view(std::int64_t number) {
  return " data-view=\"" + markup::base64url("{\"c\":-" + std::to_string(number) + "}") + '"';
}

void rename(std::string& body, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = body.find(from, at)) != std::string::npos; at += to.size()) {
    body.replace(at, from.size(), to);
  }
}

}  // namespace

std::string landing_body() { return kLanding; }

crawler::Answer answer(int status) { return {.status = status, .url = "https://t.me/s/x"}; }

std::string FakeTelegram::preview(const std::string& channel,
                                  std::optional<std::int64_t> before) const {
  const auto& posts = channels.at(channel);
  auto end = before ? posts.lower_bound(*before) : posts.end();
  auto begin = end;
  for (std::size_t i = 0; i < page_size && begin != posts.begin(); ++i) --begin;
  std::string body =
      "<!DOCTYPE html><html><head><title>Room – Telegram</title></head>"
      R"(<body class="widget_frame_base tgme_webpreview">)"
      R"(<div class="tgme_channel_info"><div class="tgme_channel_info_header_title">)"
      R"(<span dir="auto">Room</span></div>)" +
      header + R"(</div><main class="tgme_main" data-url="/)" + channel +
      R"("><section class="tgme_channel_history js-message_history">)";
  if (links_older && begin != posts.begin()) {
    const std::string cursor = std::to_string(begin->first);
    body += R"(<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/)" +
            channel + "?before=" + cursor +
            R"(" class="tme_messages_more js-messages_more" data-before=")" + cursor +
            R"("></a></div>)";
  }
  const auto numbered = numeric_ids.find(channel);
  const std::string number = numbered == numeric_ids.end() ? "" : data_view(numbered->second);
  for (auto post = begin; post != end; ++post) {
    body += message(channel, post->first, post->second, views, number);
  }
  if (begin == end) body += R"(<div class="tme_no_messages_found">No posts found</div>)";
  if (break_ids) rename(body, "data-post=", "data-ref1=");
  if (break_texts) rename(body, "message_text", "rich_texts12");
  if (break_dates) rename(body, "datetime=", "moment=");
  return body + "</section></main></body></html>\n<!-- page generated in 1.2ms -->\n";
}

Result<crawler::Answer> FakeTelegram::fetch(const crawler::Request& request) {
  if (request.url.ends_with("/robots.txt")) {
    robots_asked.push_back(request.url);
    auto answer = robots;
    if (answer) answer->url = request.url;
    return answer;
  }
  asked.push_back(request.url);
  if (!instead.empty()) {
    auto first = instead.front();
    instead.pop_front();
    if (first) return *first;
  }
  crawler::Answer found{.status = 200, .url = request.url};
  const std::size_t name_at = request.url.find("/s/");
  if (name_at == std::string::npos) {
    found.body = landing_body();
    return found;
  }
  const std::string rest = request.url.substr(name_at + 3);
  const std::string channel = rest.substr(0, rest.find('?'));
  if (!channels.contains(channel)) {
    found.status = 302;
    found.location = "https://t.me/" + channel;
    return found;
  }
  const std::size_t cursor_at = rest.find("before=");
  const auto before = cursor_at == std::string::npos
                          ? std::nullopt
                          : std::optional(std::stoll(rest.substr(cursor_at + 7)));
  found.body = preview(channel, before);
  if (!gives_etags) return found;
  found.validators.etag = '"' + std::to_string(std::hash<std::string>()(found.body)) + '"';
  if (found.validators.etag != request.unless.etag) return found;
  ++not_sent;
  found.status = 304;
  found.body.clear();
  return found;
}

}  // namespace qanat::test
