package dev.carillon.local.journal;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An engine's memory on disk: one JSON object a line, appended before a change is acknowledged.
 * What {@link #append} returned from outlives the process however it dies; the power failing is
 * another matter, since nothing is forced to the disk itself.
 *
 * <p>Not safe for several threads: its owner appends under the lock that guards its own state.
 */
public final class Journal implements AutoCloseable {
  private static final int DEPTH = 200;
  private static final long REWRITE_AFTER_BYTES = 64L << 20;

  private final Optional<Path> file;
  private final Supplier<List<Json.Obj>> snapshot;
  private Optional<AppendedFile> out = Optional.empty();
  private long grown;

  private Journal(Optional<Path> file, Supplier<List<Json.Obj>> snapshot) {
    this.file = file;
    this.snapshot = snapshot;
  }

  /**
   * Reads the journal, then writes it anew as short as it can be.
   *
   * @param file empty: nothing is remembered and nothing replayed
   * @param replay is given every entry, oldest first; the last line is left out when the process
   *     died in the middle of it
   * @param snapshot the fewest entries that lead to the owner's state of now; also asked for later,
   *     from within {@link #append}, when the file has grown long
   * @throws UnreadableData when a line before the last is not JSON, or {@code replay} throws at it
   */
  public static Journal open(
      Optional<Path> file, Consumer<Json.Obj> replay, Supplier<List<Json.Obj>> snapshot) {
    var journal = new Journal(file, snapshot);
    file.ifPresent(path -> journal.read(path, replay));
    journal.rewrite();
    return journal;
  }

  /**
   * Remembers an entry. To be called before the state changes, in case this throws: then nothing is
   * remembered, and the next entry may be.
   *
   * @throws UncheckedIOException when it cannot be written: a full disk, say
   */
  public void append(Json.Obj entry) {
    if (file.isEmpty()) {
      return;
    }
    if (grown > REWRITE_AFTER_BYTES) {
      rewrite();
    }
    var open = out.orElseThrow(() -> new IllegalStateException(file.get() + " is closed"));
    var line = line(entry);
    try {
      append(open, line);
      grown += line.length;
    } catch (IOException e) {
      throw new UncheckedIOException(file.get() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Half a line is taken back: another one behind it could not be read again. */
  static void append(AppendedFile file, byte[] line) throws IOException {
    var before = file.length();
    try {
      file.write(line);
    } catch (IOException e) {
      file.cut(before);
      throw e;
    }
  }

  private void read(Path path, Consumer<Json.Obj> replay) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      var bytes = Files.readAllBytes(path);
      var start = 0;
      var number = 0;
      for (var at = 0; at < bytes.length; at++) {
        if (bytes[at] == '\n') {
          var line = new String(bytes, start, at - start, StandardCharsets.UTF_8);
          number++;
          replay(path, number, entry(path, number, line), replay);
          start = at + 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj entry(Path path, int number, String line) {
    try {
      if (JsonText.parse(line, DEPTH) instanceof Json.Obj entry) {
        return entry;
      }
    } catch (MalformedJson _) {
      // As for any other line that is not an object.
    }
    throw new UnreadableData(path, number, "this is not a JSON object");
  }

  /** Its owner finds nothing in an entry that some other program has written or changed. */
  private static void replay(Path path, int number, Json.Obj entry, Consumer<Json.Obj> replay) {
    try {
      replay.accept(entry);
    } catch (RuntimeException e) {
      var reason =
          e instanceof NullPointerException || e.getMessage() == null
              ? "what it changes is not there"
              : e.getMessage();
      throw new UnreadableData(path, number, "this entry makes no sense here (" + reason + ")");
    }
  }

  private void rewrite() {
    file.ifPresent(
        path -> {
          close();
          var fresh = path.resolveSibling(path.getFileName() + ".new");
          try {
            try (var target = Files.newOutputStream(fresh);
                var buffered = new BufferedOutputStream(target, 1 << 16)) {
              for (var entry : snapshot.get()) {
                buffered.write(line(entry));
              }
            }
            Files.move(
                fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            out = Optional.of(AppendedFile.at(path));
            grown = 0;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static byte[] line(Json.Obj entry) {
    return (JsonText.write(entry) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Closes the file; appending afterwards is an error. Calling it twice is safe. */
  @Override
  public void close() {
    out.ifPresent(
        stream -> {
          try {
            stream.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    out = Optional.empty();
  }
}
