package dev.carillon.local.launch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.project.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectWatchTest {
  @TempDir Path folder;
  @TempDir Path aside;

  @Test
  void a_change_is_told_once_when_it_has_settled() throws Exception {
    write("a/workflow.json", "1");
    var project = new ProjectFolder(folder);
    var told = new LinkedBlockingQueue<Map<String, String>>();
    try (var _ = new ProjectWatch(project, project.files(), told::add)) {
      write("a/workflow.json", "2");

      assertThat(told.poll(90, TimeUnit.SECONDS))
          .isEqualTo(Map.of("workflows/a/workflow.json", "2"));
      write("b/workflow.json", "3");
      var next = new ArrayList<>(List.of(told.poll(90, TimeUnit.SECONDS)));
      assertThat(next.getFirst()).hasSize(2);
    }
    assertThat(told).isEmpty();
  }

  /** Whole at once, so that no look, however long this thread is held up, sees half of it. */
  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    var written = Files.writeString(aside.resolve("written"), text);
    Files.move(written, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }
}
