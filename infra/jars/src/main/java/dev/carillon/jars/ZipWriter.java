package dev.carillon.jars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes zip files of many entries. Beside the JDK's, it deflates what several files have once, and
 * puts no descriptor behind each entry. Not safe for several threads.
 */
final class ZipWriter {
  /** Of every entry: 22 November 2026, midnight, as MS-DOS writes it. */
  private static final int STAMP = ((2026 - 1980) << 9 | 11 << 5 | 22) << 16;

  private static final short VERSION = 20;
  private static final short NAMES_ARE_UTF_8 = 1 << 11;
  private static final short DEFLATED = 8;

  private final Map<byte[], Packed> known = new IdentityHashMap<>();

  private record Packed(int crc, int size, byte[] deflated) {}

  /** At most 65,535 of them. */
  void write(Path zip, SortedMap<String, byte[]> files) throws IOException {
    if (files.size() > 0xFFFF) {
      throw new IOException(files.size() + " files are more than a zip file holds");
    }
    var directory = ByteBuffer.allocate(directorySize(files)).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
      for (var file : files.entrySet()) {
        byte[] name = file.getKey().getBytes(UTF_8);
        Packed packed = known.computeIfAbsent(file.getValue(), ZipWriter::pack);
        var header = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0x04034b50);
        common(header, packed, name);
        out.write(header.array());
        out.write(name);
        out.write(packed.deflated());
        directory.putInt(0x02014b50).putShort(VERSION);
        common(directory, packed, name);
        // No comment, first disk, no attributes.
        directory.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(at);
        directory.put(name);
        at += 30 + name.length + packed.deflated().length;
      }
      short count = (short) files.size();
      int size = directory.position();
      directory.putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
      directory.putInt(size).putInt(at).putShort((short) 0);
      out.write(directory.array(), 0, directory.position());
    }
  }

  private static int directorySize(SortedMap<String, byte[]> files) {
    return 22 + files.keySet().stream().mapToInt(it -> 46 + it.getBytes(UTF_8).length).sum();
  }

  /** What stands before an entry and in the directory alike. */
  private static void common(ByteBuffer to, Packed packed, byte[] name) {
    to.putShort(VERSION).putShort(NAMES_ARE_UTF_8).putShort(DEFLATED).putInt(STAMP);
    to.putInt(packed.crc()).putInt(packed.deflated().length).putInt(packed.size());
    to.putShort((short) name.length).putShort((short) 0);
  }

  private static Packed pack(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] into = new byte[bytes.length + bytes.length / 1000 + 64];
      int length = deflater.deflate(into);
      return new Packed((int) crc.getValue(), bytes.length, Arrays.copyOf(into, length));
    }
  }
}
