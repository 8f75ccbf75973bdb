package org.lossbook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks internal classes, which are public only because another package of the library uses them.
 * They are not part of the API, have no Javadoc page, and may change in any release.
 *
 * @hidden
 */
@Internal
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface Internal {}
