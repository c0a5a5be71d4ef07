package dev.carillon.functions.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server on this machine that takes every mail, unless told what to say instead at a stage.
 */
final class LoopbackMailServer implements AutoCloseable {
  /** Hangs up without a word. */
  static final String CLOSE = "close";

  /** Says nothing for as long as the client cares to wait. */
  static final String SILENCE = "silence";

  /** The replies where all is well, by what they answer; {@code .} is the end of a mail. */
  private static final Map<String, String> WELL =
      Map.of(
          "GREETING", "220 here",
          "EHLO", "250-here\r\n250 AUTH PLAIN LOGIN",
          "AUTH", "235 2.7.0 welcome",
          "MAIL", "250 2.1.0 fine",
          "RCPT", "250 2.1.5 fine",
          "DATA", "354 go on",
          ".", "250 2.0.0 queued as 4711",
          "QUIT", "221 bye");

  private final ServerSocket socket;
  private final Map<String, String> instead;
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  /**
   * @param instead replies by what they answer, {@link #CLOSE} and {@link #SILENCE} among them
   */
  LoopbackMailServer(Map<String, String> instead) {
    this.instead = Map.copyOf(instead);
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Mails that were sent to their last dot, whatever became of them then. */
  List<String> mails() {
    return List.copyOf(mails);
  }

  /** The first words of all commands, in order. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.startVirtualThread(() -> converse(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = client.getOutputStream();
      boolean open = says(out, "GREETING");
      // Who hangs up does not read on: the client would wait for a reply as long as it can.
      while (open) {
        String line = in.readLine();
        open = line != null && replies(line.split(" ", 2)[0], in, out);
      }
    } catch (IOException _) {
      // The client hung up.
    }
  }

  /** Whether the conversation goes on. */
  private boolean replies(String command, BufferedReader in, OutputStream out) throws IOException {
    commands.add(command);
    boolean open = says(out, command);
    if (open && command.equals("DATA") && !instead.containsKey("DATA")) {
      mails.add(mail(in));
      open = says(out, ".");
    }
    return open;
  }

  private static String mail(BufferedReader in) throws IOException {
    var mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  /** Whether the conversation goes on. */
  private boolean says(OutputStream out, String to) throws IOException {
    String reply = instead.getOrDefault(to, WELL.getOrDefault(to, "502 5.5.1 what?"));
    if (reply.equals(CLOSE)) {
      return false;
    }
    if (!reply.equals(SILENCE)) {
      out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
