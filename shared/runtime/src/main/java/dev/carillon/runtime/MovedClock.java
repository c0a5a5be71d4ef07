package dev.carillon.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock, moved by what a file says at this moment: nanoseconds in its first eight
 * bytes, highest first. So a local stack moves the time of functions in processes of their own;
 * nothing in AWS has such a file. Read, not mapped: mapping takes a process 30 ms at its start.
 */
final class MovedClock implements InstantSource {
  private final RandomAccessFile file;

  private MovedClock(RandomAccessFile file) {
    this.file = file;
  }

  /** The file must be there; it is looked at each time without being opened again. */
  static InstantSource by(Path file) {
    try {
      return new MovedClock(new RandomAccessFile(file.toFile(), "r"));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(nanos());
  }

  private synchronized long nanos() {
    try {
      byte[] bytes = new byte[Long.BYTES];
      file.seek(0);
      file.readFully(bytes);
      return ByteBuffer.wrap(bytes).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
