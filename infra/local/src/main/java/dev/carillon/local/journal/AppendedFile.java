package dev.carillon.local.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that lines are appended to. Not a channel: that closes itself when a thread that writes to
 * it is interrupted.
 */
interface AppendedFile extends AutoCloseable {
  /** Writes all of the bytes at the end, or throws and may have written some. */
  void write(byte[] bytes) throws IOException;

  long length() throws IOException;

  /** Cuts off what is behind this length. */
  void cut(long length) throws IOException;

  @Override
  void close() throws IOException;

  /** The file on disk, which exists. */
  static AppendedFile at(Path path) throws IOException {
    var file = new RandomAccessFile(path.toFile(), "rw");
    file.seek(file.length());
    return new AppendedFile() {
      @Override
      public void write(byte[] bytes) throws IOException {
        file.write(bytes);
      }

      @Override
      public long length() throws IOException {
        return file.length();
      }

      @Override
      public void cut(long length) throws IOException {
        file.setLength(length);
        file.seek(length);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
