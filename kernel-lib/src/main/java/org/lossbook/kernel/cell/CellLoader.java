package org.lossbook.kernel.cell;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/** The class loader of cells: defines their compiled classes, above the {@link Libraries}. */
final class CellLoader extends ClassLoader implements LoaderDelegate {
  private final Libraries libraries;
  private final Map<String, Class<?>> cells = new HashMap<>();
  private final CellVersions versions = new CellVersions();
  private Map<String, byte[]> pending = Map.of();

  CellLoader(Libraries libraries) {
    super("cells", libraries);
    this.libraries = libraries;
    setDefaultAssertionStatus(true); // an assert in a cell is there to be checked
  }

  @Override
  public void load(ClassBytecodes[] compiled) throws ClassInstallException {
    boolean[] loaded = new boolean[compiled.length];
    // The classes of one snippet may extend each other: all are known before any is defined.
    Map<String, byte[]> waiting = new HashMap<>();
    for (ClassBytecodes each : compiled) {
      waiting.put(each.name(), each.bytecodes());
    }
    synchronized (this) {
      pending = waiting;
      try {
        for (int i = 0; i < compiled.length; i++) {
          Class<?> cell = loadClass(compiled[i].name());
          cell.getDeclaredMethods(); // reports linking errors now, not at the first run
          versions.put(cell, compiled[i].bytecodes());
          loaded[i] = true;
        }
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ClassInstallException("load: " + e, loaded);
      } finally {
        pending = Map.of();
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    // Asking the parent first would open every jar of the class path to find nothing.
    return name.startsWith(CellNames.PACKAGE) ? findClass(name) : super.loadClass(name, resolve);
  }

  @Override
  public synchronized Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> known = cells.get(name);
    if (known != null) {
      return known;
    }
    byte[] bytes = pending.get(name);
    if (bytes == null) {
      return super.findClass(name);
    }
    byte[] interruptible = InterruptPoints.insertInto(bytes);
    Class<?> cell = defineClass(name, interruptible, 0, interruptible.length);
    cells.put(name, cell);
    return cell;
  }

  /**
   * Gives loaded classes new code, so that their objects and variables stay.
   *
   * @param holdsOnly tells the classes of which only the fields are of use
   * @return false if that cannot be: then JShell replaces them by new classes
   */
  synchronized boolean redefine(ClassBytecodes[] compiled, Predicate<String> holdsOnly) {
    Map<Class<?>, byte[]> code = new LinkedHashMap<>();
    for (ClassBytecodes each : compiled) {
      code.put(cells.get(each.name()), each.bytecodes());
    }
    return versions.redefine(code, holdsOnly);
  }

  CellVersions versions() {
    return versions;
  }

  @Override
  public void classesRedefined(ClassBytecodes[] compiled) {
    // Not needed: see redefine.
  }

  @Override
  public void addToClasspath(String classpath) {
    for (String entry : classpath.split(File.pathSeparator)) {
      libraries.add(Path.of(entry));
    }
  }
}
