package dev.carillon.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {
  @TempDir Path folder;

  @Test
  void a_root_gives_its_files_as_they_lie() throws IOException {
    write("workflows/a/workflow.json", "{}");
    write("layouts/default/html_layout.html", "<p>");
    write("variables.json", "{}");
    write(".git/config.json", "no");
    write("node_modules/b/workflow.json", "no");
    write("workflows/a/long.txt", "x".repeat(1024 * 1024 + 1));
    Files.write(folder.resolve("workflows/a/picture.png"), new byte[] {(byte) 0x89, 'P'});

    assertThat(new ProjectFolder(folder).files())
        .containsOnlyKeys(
            "workflows/a/workflow.json", "layouts/default/html_layout.html", "variables.json");
  }

  @Test
  void a_bare_folder_of_workflows_is_taken_for_the_workflows_of_a_root() throws IOException {
    write("a/workflow.json", "{}");
    write("a/email_1/html_body.html", "näh");

    assertThat(new ProjectFolder(folder).filesWithWorkflow())
        .isEqualTo(
            Map.of("workflows/a/workflow.json", "{}", "workflows/a/email_1/html_body.html", "näh"));
  }

  @Test
  void a_folder_without_a_workflow_is_refused_where_one_is_needed() throws IOException {
    write("workflows/readme.txt", "none yet");
    assertThatThrownBy(() -> new ProjectFolder(folder).filesWithWorkflow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no workflow");
    assertThatThrownBy(() -> new ProjectFolder(folder.resolve("none")).filesWithWorkflow())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no folder");
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
