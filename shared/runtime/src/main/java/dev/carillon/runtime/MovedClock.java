package dev.carillon.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;

/**
 * The system's clock, moved by what a file says at this moment: nanoseconds in its first eight
 * bytes, highest first. So a local stack moves the time of functions in processes of their own;
 * nothing in AWS has such a file.
 */
final class MovedClock {
  private MovedClock() {}

  /** The file must be there; it is looked at each time without being opened again. */
  static InstantSource by(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer shared = channel.map(MapMode.READ_ONLY, 0, Long.BYTES);
      InstantSource system = InstantSource.system();
      return () -> system.instant().plusNanos(shared.getLong(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
