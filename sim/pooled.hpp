#pragma once

#include <memory>
#include <new>
#include <utility>

#include "sim/frame_pool.hpp"

namespace sixslots::sim {

/// Owns an object that is there only while it is needed, in memory of the frame pool: it may come
/// and go often. Many resources and queues are empty most of the time, and should be small then.
template <class T>
class Pooled {
 public:
  Pooled() = default;
  Pooled(Pooled&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Pooled& operator=(Pooled&& other) noexcept {
    if (this != &other) {
      drop();
      object_ = std::exchange(other.object_, nullptr);
    }
    return *this;
  }
  ~Pooled() { drop(); }

  [[nodiscard]] explicit operator bool() const { return object_ != nullptr; }
  [[nodiscard]] T& operator*() const { return *object_; }
  [[nodiscard]] T* operator->() const { return object_; }
  [[nodiscard]] T* get() const { return object_; }

  /// The object, made from these arguments if there is none.
  template <class... Arguments>
  T& make(Arguments&&... arguments) {
    static_assert(alignof(T) <= 2 * sizeof(void*));
    if (object_ == nullptr) {
      object_ = new (allocate_frame(sizeof(T))) T(std::forward<Arguments>(arguments)...);
    }
    return *object_;
  }

  void drop() {
    if (object_ == nullptr) return;
    T* object = std::exchange(object_, nullptr);
    std::destroy_at(object);
    release_frame(object, sizeof(T));
  }

 private:
  T* object_ = nullptr;
};

}  // namespace sixslots::sim
