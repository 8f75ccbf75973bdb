/**
 * Multiple-choice questions at the end of a lesson: {@code Quiz} in Java, and {@code quiz.js},
 * which makes buttons of the choices.
 */
package org.lossbook.quiz;
