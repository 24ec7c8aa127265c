#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sixslots::models {

/// What made a request. It decides the request's place in the browser's queue, and nothing else.
enum class RequestKind : std::uint8_t {
  document,  ///< navigation of a tab
  iframe,    ///< document of a frame
  stylesheet,
  script,  ///< a script element added by script
  xhr,
  fetch,
  fetch_high,  ///< fetch() with priority: 'high'
  fetch_low,   ///< fetch() with priority: 'low'
  fetch_keepalive,
  event_source,
  image,              ///< new Image()
  image_high,         ///< new Image() with fetchPriority = 'high'
  image_in_document,  ///< an img element, laid out in view
  beacon,
  web_socket,
  count
};

/// Queue class of each kind of request: 0 is served first, FIFO inside a class.
using PriorityTable = std::array<std::uint8_t, static_cast<std::size_t>(RequestKind::count)>;

constexpr std::size_t index(RequestKind kind) { return static_cast<std::size_t>(kind); }

/// The largest number of priority classes that a profile uses.
inline constexpr std::size_t priority_classes = 8;

}  // namespace sixslots::models
