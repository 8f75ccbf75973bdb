/**
 * Search for good settings: a space of them, ways to walk through it, and the best settings found.
 * It uses the public methods of models alone.
 */
package org.lossbook.search;
