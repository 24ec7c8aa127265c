#include "cli/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <utility>

namespace sixslots::cli {
namespace {

namespace fs = std::filesystem;

std::string behind_links(const std::string& path) {
  std::error_code error;
  // Of what is not there yet a relative path would stay as it is.
  const fs::path resolved = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : resolved.string();
}

/// The number of "/dev/fd/3": whatever it is open on, a file of that name would be another one,
/// with a place of its own in it. -1: it names none.
int descriptor_named(const std::string& path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* end = path.data() + path.size();
    const auto [stop, fault] = std::from_chars(path.data() + folder.size(), end, number);
    if (fault == std::errc{} && stop == end) return number;
  }
  return -1;
}

[[noreturn]] void complain_about(const std::string& path) {
  throw UsageError(fmt::format("{} cannot be written: {}", path, std::strerror(errno)));
}

/// mkstemp() lets nobody else read the file; this is what other programs' files would have.
void give_usual_permissions(int descriptor) {
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, 0666 & ~mask);
}

}  // namespace

bool is_written_in_place(const std::string& path) {
  if (descriptor_named(path) >= 0) return true;
  std::error_code unknown;
  return fs::exists(path, unknown) && !fs::is_regular_file(path, unknown);
}

int open_in_place(const std::string& path) {
  if (!is_written_in_place(path)) return -1;
  const int named = descriptor_named(path);
  const int opened =
      named >= 0 ? fcntl(named, F_DUPFD_CLOEXEC, 0) : open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (opened < 0) complain_about(path);
  return opened;
}

void OutputFile::complain() const { complain_about(path_); }

OutputFile::OutputFile(std::string path) : path_(std::move(path)), target_(behind_links(path_)) {
  descriptor_ = open_in_place(path_);
  if (descriptor_ >= 0) return;
  struct stat status {};
  const bool exists = stat(target_.c_str(), &status) == 0;
  if (exists && access(target_.c_str(), W_OK) != 0) complain();
  temporary_ = target_ + ".XXXXXX";
  descriptor_ = mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ < 0) {
    temporary_.clear();
    complain();
  }
  if (exists) {
    fchmod(descriptor_, status.st_mode & 07777);
  } else {
    give_usual_permissions(descriptor_);
  }
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor_, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) complain();
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (close(std::exchange(descriptor_, -1)) != 0) complain();
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) complain();
  temporary_.clear();
}

void refuse_clashes(const Arguments& arguments, std::span<const std::string_view> options) {
  std::map<std::string, std::string_view> targets;
  for (const std::string_view option : options) {
    const std::optional<std::string> path = arguments.value(option);
    if (!path) continue;
    if (is_written_in_place(*path)) continue;
    const std::string target = *path == "-" ? *path : behind_links(*path);
    const auto [other, added] = targets.emplace(target, option);
    if (!added) {
      throw UsageError(fmt::format("--{} and --{} cannot both go to {}", other->second, option,
                                   *path == "-" ? "standard output" : *path));
    }
    for (const std::string& operand : arguments.operands) {
      if (operand == "-" || behind_links(operand) != target) continue;
      throw UsageError(
          fmt::format("--{} would replace {}, which is read; name another file", option, operand));
    }
  }
}

Output::Output(const std::optional<std::string>& name) : printed_(name == "-") {
  if (name && !printed_) file_.emplace(*name);
}

void Output::write(const std::function<std::string()>& text, std::ostream& out) {
  if (file_) file_->write(text());
  if (printed_) out << text();
}

}  // namespace sixslots::cli
