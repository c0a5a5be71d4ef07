package dev.carillon.local.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;

  private final List<Json.Obj> entries = new ArrayList<>();

  private Journal open() {
    entries.clear();
    return Journal.open(Optional.of(folder.resolve("j")), entries::add, () -> List.copyOf(entries));
  }

  private static Json.Obj entry(String text) {
    return Json.object().with("text", text);
  }

  @Test
  void entries_are_replayed_in_their_order() {
    try (var journal = open()) {
      journal.append(entry("line\nbreak"));
      journal.append(entry("🎈"));
    }
    open().close();
    open().close();
    assertThat(entries).containsExactly(entry("line\nbreak"), entry("🎈"));
  }

  @Test
  void half_a_last_line_is_left_out_and_does_not_spoil_the_next() throws IOException {
    try (var journal = open()) {
      journal.append(entry("whole"));
    }
    Files.writeString(folder.resolve("j"), "{\"text\":\"ha", StandardOpenOption.APPEND);
    try (var journal = open()) {
      assertThat(entries).containsExactly(entry("whole"));
      journal.append(entry("next"));
    }
    open().close();
    assertThat(entries).containsExactly(entry("whole"), entry("next"));
  }

  @Test
  void a_broken_line_in_the_middle_is_an_error_that_names_file_and_line() throws IOException {
    Files.writeString(folder.resolve("j"), "{\"a\":1}\nnonsense\n{\"b\":2}\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(UnreadableData.class)
        .hasMessageContaining(folder.resolve("j") + ", line 2: this is not a JSON object");
  }

  @Test
  void an_entry_that_its_owner_cannot_take_is_named_likewise() throws IOException {
    var file = folder.resolve("j");
    Files.writeString(file, "{\"a\":1}\n{\"b\":2}\n");
    assertThatThrownBy(
            () -> Journal.open(Optional.of(file), entry -> entry.text("a").orElseThrow(), List::of))
        .isInstanceOf(UnreadableData.class)
        .hasMessageContaining("line 1: this entry makes no sense here (No value present)");
  }

  @Test
  void a_line_that_does_not_fit_on_the_disk_leaves_nothing_behind() throws IOException {
    var disk = new FullDisk(10);
    Journal.append(disk, "12345\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Journal.append(disk, "67890\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
    assertThat(disk.content).isEqualTo("12345\n");
    Journal.append(disk, "67\n".getBytes(StandardCharsets.UTF_8));
    assertThat(disk.content).isEqualTo("12345\n67\n");
  }

  @Test
  void a_full_disk_is_said_once_and_so_is_its_end() {
    var said = new ArrayList<String>();
    var usable = new AtomicLong(DiskWatch.FULL);
    try (var watch = new DiskWatch(folder, _ -> usable.get(), said::add)) {
      watch.look();
      assertThat(said).isEmpty();
      usable.set(DiskWatch.FULL - 1);
      watch.look();
      watch.look();
      assertThat(said).singleElement().asString().startsWith("disk full").contains("" + folder);
      usable.set(DiskWatch.FULL);
      watch.look();
      watch.look();
      assertThat(said).hasSize(2).last().asString().startsWith("disk: there is space again");
    }
  }

  /** Takes as much as it has room for, and then fails. */
  private static final class FullDisk implements AppendedFile {
    private final int room;
    private String content = "";

    FullDisk(int room) {
      this.room = room;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      var whole = content + new String(bytes, StandardCharsets.UTF_8);
      content = whole.substring(0, Math.min(room, whole.length()));
      if (whole.length() > room) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public void cut(long length) {
      content = content.substring(0, (int) length);
    }

    @Override
    public void close() {}
  }

  @Test
  void without_a_file_nothing_is_kept() {
    try (var journal = Journal.open(Optional.empty(), entries::add, List::of)) {
      journal.append(entry("a"));
    }
    assertThat(folder).isEmptyDirectory();
  }
}
