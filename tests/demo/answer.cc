#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "base/number.h"
#include "demo/page_renderer.h"
#include "demo/server.h"
#include "markup/html.h"

namespace qanat::demo {
namespace {

using markup::escape;
using markup::fill;

std::optional<MessageId> number_of(const Query& query, const std::string& key) {
  const auto found = query.values.find(key);
  return found == query.values.end() ? std::nullopt : read_number<MessageId>(found->second);
}

Reply html(std::string body) {
  return {.status = 200,
          .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

Reply moved_to(const std::string& path) {
  return {.status = 302, .headers = {{"Location", path}}, .body = ""};
}

/// For people who open the server in a browser.
Reply index(const std::vector<Channel>& channels) {
  std::string items;
  for (const Channel& channel : channels) {
    items += fill("<li><a href=\"/s/{slug}\">@{slug}</a> {title}</li>\n",
                  {{"slug", channel.slug}, {"title", escape(channel.title)}});
  }
  return html("<!DOCTYPE html><meta charset=\"utf-8\"><title>Demo channels</title>\n<ul>\n" +
              items + "</ul>\n");
}

const Channel* find(const std::vector<Channel>& channels, std::string_view name) {
  const auto found = std::ranges::find(channels, lowered(name), &Channel::name);
  return found == channels.end() ? nullptr : &*found;
}

Reply preview(const std::vector<Channel>& channels, std::string_view rest, const Query& query) {
  const std::string_view name = rest.substr(0, rest.find('/'));
  const Channel* channel = find(channels, name);
  if (channel == nullptr || !channel->preview) return moved_to("/" + std::string(name));
  Cursor cursor{.before = number_of(query, "before"),
                .after = number_of(query, "after"),
                .around = std::nullopt};
  if (rest.size() > name.size())
    cursor.around = read_number<MessageId>(rest.substr(name.size() + 1));
  return html(render_channel_page(*channel, cursor));
}

}  // namespace

Reply answer(const std::vector<Channel>& channels, const Query& query) {
  std::string_view path = query.path;
  if (path == "/") return index(channels);
  if (path.starts_with("/s/")) return preview(channels, path.substr(3), query);
  path.remove_prefix(1);
  const bool is_file = path.find_first_of("/.") != std::string_view::npos;
  if (is_file) {  // styles, scripts, pictures, robots.txt: t.me has no robots.txt either
    return {.status = 404, .headers = {{"Content-Type", "text/html"}}, .body = "Not Found\n"};
  }
  const Channel* channel = find(channels, path);
  return html(channel == nullptr ? render_free_name_page(std::string(path))
                                 : render_landing_page(*channel));
}

}  // namespace qanat::demo
