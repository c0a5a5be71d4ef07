package dev.carillon.local.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Says when the disk that holds a stack's data is full, and when it no longer is. */
public final class DiskWatch implements AutoCloseable {
  /** Below this the next write of the table's database may fail: a page of its log and more. */
  static final long FULL = 4L << 20;

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Path folder;
  private final UsableBytes usable;
  private final Consumer<String> terminal;
  private boolean full;
  private Optional<Thread> thread = Optional.empty();

  /** How much of a disk is free. */
  @FunctionalInterface
  interface UsableBytes {
    long of(Path folder) throws IOException;
  }

  DiskWatch(Path folder, UsableBytes usable, Consumer<String> terminal) {
    this.folder = folder;
    this.usable = usable;
    this.terminal = terminal;
  }

  /**
   * Looks now and every two seconds until it is closed.
   *
   * @param terminal is given a sentence at each change
   */
  public static DiskWatch start(Path folder, Consumer<String> terminal) {
    var watch = new DiskWatch(folder, path -> Files.getFileStore(path).getUsableSpace(), terminal);
    watch.look();
    watch.thread = Optional.of(Thread.ofVirtual().name("disk").start(watch::watch));
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  void look() {
    boolean now;
    try {
      now = usable.of(folder) < FULL;
    } catch (IOException _) {
      // What cannot be asked is not known to be full.
      return;
    }
    if (now != full) {
      full = now;
      terminal.accept(
          full
              ? "disk full: nothing can be kept in "
                  + folder
                  + ", so calls fail until there is space again; what was accepted before is safe"
              : "disk: there is space again for " + folder);
    }
  }

  /** Stops looking. Calling it twice is safe. */
  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
