package dev.carillon.local.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a data folder calls queues, schedules and their role when it was kept by a version that
 * deployed everything as one stack, which left the names to CloudFormation: {@code
 * Carillon-StepsTasksQueue6AF80D17} became {@code Carillon-Steps}.
 */
public final class EarlierNames {
  private static final Pattern QUEUE = Pattern.compile("Carillon-(\\w+)TasksQueue[0-9A-F]{8}");
  private static final Pattern DEAD_LETTERS =
      Pattern.compile("Carillon-(\\w+)TasksDeadLetters[0-9A-F]{8}");
  private static final Pattern GROUP = Pattern.compile("Carillon-Wakeups-Group-[0-9A-F]{8}");
  private static final Pattern ROLE = Pattern.compile("role/Carillon-(WakeupsRole[0-9A-F]{8})");

  /** The template's own schedule, which is made anew under its name of today. */
  private static final String SWEEP = "\"name\":\"Carillon-WakeupsSweep";

  private EarlierNames() {}

  /**
   * Lets the journals in the folder use today's names; to be called before they are opened. A
   * folder without earlier names stays as it is, so that calling it again, after a crash too, is
   * safe: a journal is exchanged as a whole.
   *
   * @param group what the group of schedules is called today
   */
  public static void replace(Path folder, String group) {
    UnaryOperator<String> renamed =
        line ->
            ROLE.matcher(
                    GROUP
                        .matcher(
                            DEAD_LETTERS
                                .matcher(QUEUE.matcher(line).replaceAll("Carillon-$1"))
                                .replaceAll("Carillon-$1-dead"))
                        .replaceAll(group))
                .replaceAll("role/Carillon-Services-$1");
    List.of("queues", "schedules").forEach(name -> replace(folder.resolve(name), renamed));
  }

  private static void replace(Path journal, UnaryOperator<String> renamed) {
    if (!Files.exists(journal)) {
      return;
    }
    try {
      String text = Files.readString(journal);
      // Each line with its end: the last one may have none.
      String today =
          Pattern.compile("(?<=\n)")
              .splitAsStream(text)
              .filter(line -> !line.contains(SWEEP))
              .map(renamed)
              .collect(Collectors.joining());
      if (!today.equals(text)) {
        Path fresh = journal.resolveSibling(journal.getFileName() + ".renamed");
        Files.writeString(fresh, today);
        Files.move(
            fresh, journal, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
