#pragma once

#include "models/page.hpp"

namespace sixslots::models {

sim::Process stream_per_row(Page& page);
sim::Process single_stream(Page& page);
sim::Process shared_worker(Page& page);
sim::Process websocket(Page& page);
sim::Process websocket_per_row(Page& page);
sim::Process polling(Page& page);
sim::Process poll_per_row(Page& page);
sim::Process long_poll(Page& page);
sim::Process long_poll_per_row(Page& page);

}  // namespace sixslots::models
