package dev.carillon.local.clock;

import dev.carillon.local.journal.UnreadableData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The stack's time: the system's, plus an offset that only grows. Everything in the stack that asks
 * for the time asks here. Safe for many threads.
 */
public final class StackClock implements InstantSource {
  private final InstantSource system;
  private final Optional<Path> file;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Duration offset;
  private Optional<ByteBuffer> shared = Optional.empty();

  private StackClock(InstantSource system, Optional<Path> file, Duration offset) {
    this.system = system;
    this.file = file;
    this.offset = offset;
  }

  /**
   * The clock of a stack.
   *
   * @param data the stack's folder, where the offset outlives the process; empty: it does not
   */
  public static StackClock open(Optional<Path> data) {
    return open(InstantSource.system(), data);
  }

  /** As {@link #open(Optional)} over another source of time, which may stand still. */
  public static StackClock open(InstantSource system, Optional<Path> data) {
    var file = data.map(folder -> folder.resolve("clock"));
    return new StackClock(system, file, file.map(StackClock::read).orElse(Duration.ZERO));
  }

  @Override
  public synchronized Instant instant() {
    return system.instant().plus(offset);
  }

  /**
   * Moves the time forward to {@code target}; does nothing when it has passed already. On return
   * the move is remembered over a restart.
   */
  public void moveTo(Instant target) {
    synchronized (this) {
      var gap = Duration.between(instant(), target);
      if (!gap.isPositive()) {
        return;
      }
      offset = offset.plus(gap);
      file.ifPresent(this::write);
      shared.ifPresent(this::say);
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * From now on the file says in its first eight bytes by how many nanoseconds the time is moved,
   * for other processes: nobody here sees a new time before it stands there.
   */
  public synchronized void shareIn(Path target) {
    try (var channel =
        FileChannel.open(
            target, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      shared = Optional.of(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shared.ifPresent(this::say);
  }

  private void say(ByteBuffer buffer) {
    buffer.putLong(0, offset.toNanos());
  }

  /** Has {@code listener} run after each move. It must not throw. */
  public void whenMoved(Runnable listener) {
    listeners.add(listener);
  }

  private static Duration read(Path file) {
    try {
      return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DateTimeParseException _) {
      throw new UnreadableData(file, 1, "this is not a duration such as PT2H");
    }
  }

  private void write(Path target) {
    try {
      var fresh = target.resolveSibling("clock.new");
      Files.writeString(fresh, offset + "\n");
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
