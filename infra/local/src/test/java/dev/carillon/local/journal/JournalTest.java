package dev.carillon.local.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void a_broken_line_in_the_middle_is_an_error_that_names_the_file() throws IOException {
    Files.writeString(folder.resolve("j"), "{\"a\":1}\nnonsense\n{\"b\":2}\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(folder.resolve("j").toString());
  }

  @Test
  void without_a_file_nothing_is_kept() {
    try (var journal = Journal.open(Optional.empty(), entries::add, List::of)) {
      journal.append(entry("a"));
    }
    assertThat(folder).isEmptyDirectory();
  }
}
