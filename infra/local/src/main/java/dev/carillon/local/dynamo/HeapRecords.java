package dev.carillon.local.dynamo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;
import software.amazon.dynamodb.services.local.shared.access.QueryResponseInfo;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.model.AttributeValue;
import software.amazon.dynamodb.services.local.shared.model.Condition;

/**
 * The items of a stack without a data folder, on the heap. DynamoDB Local keeps its own rules, its
 * expressions and its validation; only what it asks its database for data is answered here, since
 * SQLite with one thread, and JSON for every item, took half of the time of a call. Tables, time to
 * live and streams stay with the database it brings along.
 */
final class HeapRecords implements InvocationHandler {
  private final LocalDBAccess database;
  private final Map<String, HeapTable> tables = new ConcurrentHashMap<>();
  private final Map<String, TableInfo> infos = new ConcurrentHashMap<>();
  private final Map<String, byte[]> transactions = new HashMap<>();
  // As in SQLite: a transaction has everything to itself.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Deque<Runnable> undo = new ArrayDeque<>();

  private HeapRecords(LocalDBAccess database) {
    this.database = database;
  }

  /** The database with its items kept here. */
  static LocalDBAccess over(LocalDBAccess database) {
    return (LocalDBAccess)
        Proxy.newProxyInstance(
            HeapRecords.class.getClassLoader(),
            new Class<?>[] {LocalDBAccess.class},
            new HeapRecords(database));
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
    return switch (method.getName()) {
      case "getTableInfo" -> info((String) given[0]);
      case "getRecord" ->
          reading(() -> table(given[0]).get((Map<String, AttributeValue>) given[1]));
      case "putRecord" -> writing(table(given[0]), null, (Map<String, AttributeValue>) given[1]);
      case "deleteRecord" ->
          writing(table(given[0]), (Map<String, AttributeValue>) given[1], null) != null;
      case "queryRecords" ->
          reading(
              () ->
                  query(
                      table(given[0]),
                      new HeapTable.Range(
                          Optional.ofNullable((String) given[1]),
                          given[2] == null ? Map.of() : (Map<String, Condition>) given[2],
                          given[3] == null ? Map.of() : (Map<String, AttributeValue>) given[3],
                          limit((Long) given[4]),
                          (Boolean) given[5]),
                      (byte[]) given[6],
                      (byte[]) given[7],
                      (Boolean) given[8]));
      case "getTableItemCount" -> reading(() -> (long) table(given[0]).size());
      case "getGSIItemCount", "getLSIItemCount" ->
          reading(() -> (long) table(given[0]).size((String) given[1]));
      case "getTableByteSize" -> reading(() -> table(given[0]).bytes());
      case "getGSIByteSize", "getLSIByteSize" -> 0L;
      case "beginTransaction" -> begin((String) given[0]);
      case "commitTransaction" -> commit((String) given[0], (byte[]) given[1]);
      case "rollbackTransaction" -> rollBack();
      case "createTable", "updateTable", "createGSIColumns", "backfillGSI", "deleteGSI" -> {
        var answer = passOn(method, given);
        infos.remove((String) given[0]);
        var kept = tables.remove((String) given[0]);
        if (kept != null) {
          table(given[0]).addAll(kept);
        }
        yield answer;
      }
      case "deleteTable" -> {
        infos.remove((String) given[0]);
        tables.remove((String) given[0]);
        yield passOn(method, given);
      }
      default -> passOn(method, given);
    };
  }

  private Object passOn(Method method, Object[] given) throws Throwable {
    try {
      return method.invoke(database, given);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private TableInfo info(String table) {
    var known = infos.get(table);
    if (known != null) {
      return known;
    }
    var info = database.getTableInfo(table);
    if (info != null) {
      infos.put(table, info);
    }
    return info;
  }

  private HeapTable table(Object name) {
    return tables.computeIfAbsent((String) name, table -> HeapTable.of(info(table)));
  }

  /** Zero or less, and none at all, is DynamoDB Local's way to say that there is no limit. */
  private static long limit(Long given) {
    return given == null || given <= 0 ? Long.MAX_VALUE : given;
  }

  private static QueryResponseInfo query(
      HeapTable table, HeapTable.Range range, byte[] begin, byte[] end, boolean scan) {
    List<Map<String, AttributeValue>> found =
        scan ? table.scan(range, begin, end) : table.query(range);
    return new QueryResponseInfo(found, found.size() == range.limit() ? found.getLast() : null);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T run();
  }

  private <T> T reading(Reading<T> reading) {
    lock.readLock().lock();
    try {
      return reading.run();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Puts the item, or removes the one under the key; returns the one that was there before. */
  private Map<String, AttributeValue> writing(
      HeapTable table, Map<String, AttributeValue> key, Map<String, AttributeValue> item) {
    lock.readLock().lock();
    try {
      var before = item == null ? table.remove(key) : table.put(item);
      if (lock.isWriteLockedByCurrentThread()) {
        undo.push(before == null ? () -> table.remove(item) : () -> table.put(before));
      }
      return before;
    } finally {
      lock.readLock().unlock();
    }
  }

  private byte[] begin(String token) {
    lock.writeLock().lock();
    undo.clear();
    return token == null ? null : transactions.get(token);
  }

  private Object commit(String token, byte[] signature) {
    if (token != null && signature != null) {
      transactions.put(token, signature);
    }
    undo.clear();
    lock.writeLock().unlock();
    return null;
  }

  private Object rollBack() {
    undo.forEach(Runnable::run);
    undo.clear();
    lock.writeLock().unlock();
    return null;
  }
}
