#pragma once

#include "scenarios/choices.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/places.hpp"

namespace sixslots::scenarios {

/// The key table's parts, each in its file.
std::span<const Key> keys_of_run();
std::span<const Key> keys_of_browser();
std::span<const Key> keys_of_named_paths();
std::span<const Key> keys_of_named_hops();
std::span<const Key> keys_of_network();
std::span<const Key> keys_of_hops();
std::span<const Key> keys_of_page();
std::span<const Key> keys_of_requests();
std::span<const Key> keys_of_script();
std::span<const Key> keys_of_fleet();
std::span<const Key> keys_of_events();

/// Limits that many keys share. The longest duration keeps sums of several within the clock.
inline constexpr std::int64_t nanosecond = 1;
inline constexpr std::int64_t millisecond = 1'000'000;
inline constexpr std::int64_t longest = 87'600LL * 3600 * 1000 * millisecond;  // ten years
inline constexpr std::int64_t largest_size = 1LL << 40;
inline constexpr std::int64_t fastest = 1'000'000'000'000;  // 1000 Gbit/s
inline constexpr std::int64_t per_second = 1'000'000;       // of a rate's range
inline constexpr Range any_duration{0, longest};
inline constexpr Range some_time{nanosecond, longest};
inline constexpr Range any_size{0, largest_size};
inline constexpr Range any_share{0, 1'000'000};  // millionths
inline constexpr Range any_bit_rate{1, fastest};

}  // namespace sixslots::scenarios
