package dev.carillon.local.launch;

import dev.carillon.project.ProjectFolder;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at a project twice a second and hands over its files when they have changed and then stayed
 * the same for one look, so that a file half written is not taken for a broken one.
 */
final class ProjectWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(400);

  private final Thread thread;

  ProjectWatch(
      ProjectFolder project, Map<String, String> known, Consumer<Map<String, String>> changed) {
    thread = Thread.ofVirtual().name("watch").start(() -> look(project, known, changed));
  }

  private static void look(
      ProjectFolder project, Map<String, String> known, Consumer<Map<String, String>> changed) {
    var told = known;
    var seen = known;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK);
        var now = project.files();
        if (now.equals(seen) && !now.equals(told)) {
          told = now;
          changed.accept(now);
        }
        seen = now;
      } catch (InterruptedException _) {
        return;
      } catch (UncheckedIOException _) {
        // Files come and go while an editor saves; the next look sees what stays.
      } catch (RuntimeException e) {
        System.out.println("watch: " + e);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
