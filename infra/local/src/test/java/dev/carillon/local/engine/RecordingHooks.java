package dev.carillon.local.engine;

import dev.carillon.json.Json;
import dev.carillon.local.egress.EgressCall;
import dev.carillon.local.ses.SentEmail;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told; its one function, {@code echo}, answers what it is given. */
public final class RecordingHooks implements Hooks {
  public final List<SentEmail> emails = new CopyOnWriteArrayList<>();
  public final List<EgressCall> egressed = new CopyOnWriteArrayList<>();
  public final List<Json.Obj> items = new CopyOnWriteArrayList<>();

  @Override
  public Optional<Invoked> invoke(String functionName, byte[] payload) {
    return Optional.of(new Invoked(payload, false)).filter(_ -> functionName.equals("echo"));
  }

  @Override
  public void emailSent(SentEmail email) {
    emails.add(email);
  }

  @Override
  public void egressed(EgressCall exchange) {
    egressed.add(exchange);
  }

  @Override
  public void itemWritten(String table, Json.Obj item) {
    items.add(item);
  }

  @Override
  public String functionOf(String accessKey) {
    return accessKey.replace("AKIALOCAL", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean sent(String stage, String connection, String text) {
    return false;
  }

  @Override
  public String socketApi(String stage) {
    return "none";
  }
}
