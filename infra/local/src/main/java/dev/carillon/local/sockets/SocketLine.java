package dev.carillon.local.sockets;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A connection of the socket API on a socket of the stack's port. */
public final class SocketLine extends Session.Listener.AbstractAutoDemanding
    implements LocalSocketApi.Line {
  private final LocalSocketApi.Accepted connection;

  public SocketLine(LocalSocketApi.Accepted connection) {
    this.connection = connection;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    super.onWebSocketOpen(session);
    connection.open(this);
  }

  @Override
  public void onWebSocketText(String message) {
    connection.said(message);
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    connection.closed(statusCode, reason == null ? "" : reason);
    super.onWebSocketClose(statusCode, reason, callback);
  }

  @Override
  public void send(String text) {
    getSession().sendText(text, Callback.NOOP);
  }

  @Override
  public void close(int code, String reason) {
    getSession().close(code, reason, Callback.NOOP);
  }
}
