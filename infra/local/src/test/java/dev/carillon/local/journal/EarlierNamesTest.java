package dev.carillon.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierNamesTest {
  @TempDir private Path folder;

  private String replaced(String journal, String text) throws IOException {
    Path file = folder.resolve(journal);
    Files.writeString(file, text);
    EarlierNames.replace(folder, "Group-of-Today");
    return Files.readString(file);
  }

  @Test
  void queues_have_their_names_of_today() throws IOException {
    assertThat(
            replaced(
                "queues",
                """
                {"op":"send","queue":"Carillon-StepsTasksQueue6AF80D17","id":"1","body":"{}"}
                {"op":"dead","queue":"Carillon-StepsTasksDeadLettersD2D62120","id":"1"}
                {"op":"send","queue":"Carillon-Wake","id":"2"}\
                """))
        .isEqualTo(
            """
            {"op":"send","queue":"Carillon-Steps","id":"1","body":"{}"}
            {"op":"dead","queue":"Carillon-Steps-dead","id":"1"}
            {"op":"send","queue":"Carillon-Wake","id":"2"}\
            """);
  }

  @Test
  void schedules_stand_in_the_group_of_today_but_for_the_one_that_the_template_makes()
      throws IOException {
    assertThat(
            replaced(
                "schedules",
                """
                {"op":"group","group":"default"}
                {"op":"group","group":"Carillon-Wakeups-Group-60C8BB18"}
                {"op":"put","group":"Carillon-Wakeups-Group-60C8BB18","name":"Carillon-WakeupsSweepBB927F2A"}
                {"op":"put","group":"Carillon-Wakeups-Group-60C8BB18","name":"due-29779995","settings":{"Target":{"Arn":"arn:aws:sqs:us-east-1:000000000000:Carillon-WakeTasksQueue3F33500B","RoleArn":"arn:aws:iam::000000000000:role/Carillon-WakeupsRole1D15853D"}}}
                """))
        .isEqualTo(
            """
            {"op":"group","group":"default"}
            {"op":"group","group":"Group-of-Today"}
            {"op":"put","group":"Group-of-Today","name":"due-29779995","settings":{"Target":{"Arn":"arn:aws:sqs:us-east-1:000000000000:Carillon-Wake","RoleArn":"arn:aws:iam::000000000000:role/Carillon-Services-WakeupsRole1D15853D"}}}
            """);
  }

  @Test
  void a_folder_of_today_stays_as_it_is() throws IOException {
    String text = "{\"op\":\"send\",\"queue\":\"Carillon-Steps\",\"id\":\"1\"}\n{\"op\":";
    assertThat(replaced("queues", text)).isEqualTo(text);
    assertThat(folder).isDirectoryNotContaining("glob:**.renamed");
  }
}
