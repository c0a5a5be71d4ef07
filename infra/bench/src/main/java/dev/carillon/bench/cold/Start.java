package dev.carillon.bench.cold;

import dev.carillon.local.sandbox.SandboxJvm;
import java.nio.file.Path;
import java.util.List;

/** How a process is started, and what of it is timed. */
sealed interface Start {
  /** As Lambda's managed runtime starts a function; timed from there to the first answer. */
  record Plain() implements Start {}

  /** With the jar on the class path; what it loads goes into the cache when it ends. Not timed. */
  record Training(Path cache) implements Start {}

  /** With that cache; timed from the start to the first answer. */
  record Cached(Path cache) implements Start {}

  /** Timed is the first request alone, of a handler that was made before. */
  record Begun() implements Start {}

  /** As {@link Begun}, of a function with SnapStart: its hooks have run before the request. */
  record Restored() implements Start {}

  default SandboxJvm jvm() {
    return switch (this) {
      case Plain _, Begun _, Restored _ -> SandboxJvm.MANAGED;
      case Training(var cache) ->
          new SandboxJvm(true, List.of("-XX:AOTCacheOutput=" + cache), true);
      case Cached(var cache) -> new SandboxJvm(true, List.of("-XX:AOTCache=" + cache), false);
    };
  }
}
