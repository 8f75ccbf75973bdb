package org.lossbook.kernel.cell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.List;
import javax.tools.StandardJavaFileManager;

/** The files of the compiler, which looks for classes in the order of {@link Libraries}. */
final class CompilerFiles {
  private CompilerFiles() {}

  /** {@code files} with the class path in the libraries' order; JShell appends added entries. */
  static StandardJavaFileManager of(StandardJavaFileManager files, Libraries libraries) {
    // A proxy, because the interface has two dozen methods, and more in later JDKs.
    return (StandardJavaFileManager)
        Proxy.newProxyInstance(
            CompilerFiles.class.getClassLoader(),
            new Class<?>[] {StandardJavaFileManager.class},
            (proxy, method, args) -> call(files, method, ordered(method, args, libraries)));
  }

  private static Object call(Object files, Method method, Object... args) throws Throwable {
    try {
      return method.invoke(files, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object[] ordered(Method method, Object[] args, Libraries libraries) {
    boolean isClassPath =
        method.getName().equals("handleOption")
            && List.of("-classpath", "-cp", "--class-path").contains(args[0]);
    if (!isClassPath) {
      return args;
    }
    String classPath = (String) ((Iterator<?>) args[1]).next();
    return new Object[] {args[0], List.of(libraries.ordered(classPath)).iterator()};
  }
}
