package dev.carillon.local.sandbox;

import java.util.List;

/**
 * How the JVM of each sandbox is started, where that is not as Lambda's managed runtime does it.
 *
 * @param onClassPath whether the function's jar is on the class path, as in an image of one's own:
 *     what is loaded from there can come from an AOT cache, what the runtime client loads from the
 *     task folder cannot
 * @param options besides the runtime's own
 * @param asked whether a sandbox is asked to end and not killed: a JVM that is killed writes no
 *     cache
 */
public record SandboxJvm(boolean onClassPath, List<String> options, boolean asked) {
  /** As the managed runtime has it. */
  public static final SandboxJvm MANAGED = new SandboxJvm(false, List.of(), false);

  public SandboxJvm {
    options = List.copyOf(options);
  }
}
